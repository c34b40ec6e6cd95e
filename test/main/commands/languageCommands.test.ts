/** The commands that ask a language model, against a service on this machine: what they write and print, and how they refuse bad input. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { PARSE_INSTRUCTIONS, SCENARIO_INSTRUCTIONS } from '../../../engine/scenario/synthesis/prompts.ts';
import { answers } from '../../../main/commands/answers.ts';
import { datasetValidate } from '../../../main/commands/datasetValidate.ts';
import { generate } from '../../../main/commands/generate.ts';
import { synthesize } from '../../../main/commands/synthesize.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { scratchFolder } from '../../scratch.ts';
import { type ChatServerOptions, startChatServer } from '../language/chatServer.ts';
import { imitate, parsedReply, withoutFacts } from '../language/imitation.ts';
import { canMount, mountSmallDisk } from '../smallDisk.ts';
import { runCommand } from './runCommand.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

/** The flags that lead to a service which replies so. */
async function serve(reply: ChatServerOptions['reply']): Promise<string[]> {
  const server = await startChatServer({ reply });
  cleanUps.push(server.close);
  return ['--provider', 'openai-compatible', '--language-model', 'tiny', '--base-url', server.baseUrl];
}

const [known] = generateScenarios({
  domain: 'sports',
  count: 1,
  seed: 9,
  teamSizes: [1],
  cells: [{ P: 0, C: 0, R: 1 }],
});

function fileOf(...scenarios: readonly Scenario[]): string {
  const file = join(scratchFolder(), 'scenarios.jsonl');
  writeFileSync(file, scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''));
  return file;
}
const linesOf = (folder: string, name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('credence generate --generator llm', () => {
  /** The known scenario under the focal name that the commission gives. */
  const renamed = (focal: string): Scenario => JSON.parse(JSON.stringify(known).replaceAll(known.focal ?? '', focal));
  const writer: ChatServerOptions['reply'] = ({ messages: [system, ...turns] }) => {
    const question = turns[0].content;
    const focal = /In all \w+ events (\w+) takes part/.exec(question)?.[1];
    if (system.content === SCENARIO_INSTRUCTIONS && focal !== undefined) {
      const { background, conditions, queries } = renamed(focal);
      return JSON.stringify({
        background: `${background} ${focal} is there.`,
        conditions: conditions.map(({ text }) => text),
        queries: queries.map(({ text }) => text),
      });
    }
    const name = /(\w+) is there\./.exec(question)?.[1] ?? '';
    return system.content === PARSE_INSTRUCTIONS ? parsedReply(renamed(name)) : '';
  };
  const flags = ['--generator', 'llm', '--count', '3', '--cells', '0,0,1', '--team-sizes', '1', '--seed', '5'];

  it('writes scenarios with their facts, held against their motif', async () => {
    const out = scratchFolder();
    const printed = await runCommand(generate, ...flags, ...(await serve(writer)), '--out', out);
    expect(printed).toMatch(/0,0,1 +3 +0 +0\.0 %/);
    for (const scenario of linesOf(out, 'scenarios.jsonl'))
      expect(scenario).toMatchObject({
        source: 'llm',
        motif: known.motif,
        conditions: expect.arrayContaining([expect.objectContaining({ winner: 0 })]),
      });
  });

  it.each<[string, ChatServerOptions['reply'], RegExp]>([
    ['a refusal in words', () => 'I cannot help with that.', /expected one JSON object, found none/],
    [
      'a placeholder left in',
      (request) => String(writer(request)).replace('is there.', 'is there. [TEAM NAME] too.'),
      /a placeholder: "\[TEAM NAME\]"/,
    ],
  ])(
    'keeps the reason where the reply is %s',
    async (_, reply, reason) => {
      const out = scratchFolder();
      const printed = await runCommand(
        generate,
        ...flags,
        ...(await serve(reply)),
        '--repairs',
        '0',
        '--out',
        out,
        '--count',
        '1',
      );
      expect(printed).toMatch(/all +0 +1 +100\.0 %/);
      expect(linesOf(out, 'rejected.jsonl')[0].reason).toMatch(reason);
      expect(linesOf(out, 'scenarios.jsonl')).toEqual([]);
    },
    60_000,
  );
});

describe('credence synthesize', () => {
  it('prints what was kept and lost by motif cell', async () => {
    const out = scratchFolder();
    const printed = await runCommand(
      synthesize,
      '--scenarios',
      fileOf(withoutFacts(known)),
      ...(await serve(imitate([known]))),
      '--out',
      out,
    );
    expect(printed).toMatch(/0,0,1 +1 +0 +0\.0 %/);
    expect(printed).toContain('$0.0000 spent');
    expect(readdirSync(out).sort()).toEqual([
      'language.sqlite',
      'rejected.jsonl',
      'scenarios.jsonl',
      'synthesis.json',
      'verdicts.jsonl',
    ]);
  }, 60_000);

  it('refuses a program whose queries do not match', async () => {
    const out = scratchFolder();
    const good = imitate([known]);
    const flags = await serve((request) => good(request).replace(/^( {4})q1: /m, '$1q9: '));
    await runCommand(synthesize, '--scenarios', fileOf(withoutFacts(known)), ...flags, '--repairs', '0', '--out', out);
    expect(linesOf(out, 'rejected.jsonl')[0]).toMatchObject({
      stage: 'program',
      reason: expect.stringContaining('q1 has 0 answers; there is no query q9'),
    });
  }, 60_000);

  it.each([
    [[], /--scenarios is missing/],
    [['--scenarios', 'x'], /--out is missing/],
    [
      ['--scenarios', 'x', '--out', 'y'],
      /--provider: expected one of openai-compatible, google, anthropic, received nothing/,
    ],
    [['--scenarios', 'x', '--out', 'y', '--provider', 'google'], /--language-model is missing/],
    [
      ['--scenarios', 'x', '--out', 'y', '--provider', 'google', '--language-model', 'm', '--max-cost', '1'],
      /--max-cost needs --price-input and --price-output/,
    ],
    [
      ['--scenarios', '/nowhere', '--out', 'y', '--provider', 'google', '--language-model', 'm'],
      /\/nowhere: no such file/,
    ],
  ])('refuses %o', async (args, message) => {
    await expect(runCommand(synthesize, ...args)).rejects.toThrow(message);
  });

  it('names a scenario of an unknown domain', async () => {
    const file = fileOf(withoutFacts(known));
    writeFileSync(file, readFileSync(file, 'utf8').replace('"domain":"sports"', '"domain":"astrology"'));
    await expect(
      runCommand(synthesize, '--scenarios', file, ...(await serve(() => 'x')), '--out', scratchFolder()),
    ).rejects.toMatchObject({
      message: expect.stringContaining('line 1 is not a scenario'),
      location: { line: 1, path: 'domain' },
    });
  });

  it.runIf(canMount())(
    'says that the disk is full, counts nothing half-written as done, and goes on later',
    async () => {
      const disk = mountSmallDisk(160);
      if (!disk) throw new Error('no small disk');
      cleanUps.push(disk.remove);
      const good = imitate([known]);
      const flags = await serve((request) => `${'A long thought. '.repeat(4000)}\n${good(request)}`);
      const out = join(disk.folder, 'out');
      mkdirSync(out);
      const again = () => runCommand(synthesize, '--scenarios', fileOf(withoutFacts(known)), ...flags, '--out', out);
      await expect(again()).rejects.toThrow(/the disk is full/);
      expect(readdirSync(out).filter((name) => name.endsWith('.jsonl') || name.endsWith('.json'))).toEqual([]);
      disk.resize(8192);
      expect(await again()).toMatch(/0,0,1 +1 +0 +0\.0 %/);
    },
    60_000,
  );
});

describe('credence answers', () => {
  it('writes answers, and wants scenarios with queries', async () => {
    const out = scratchFolder();
    const printed = await runCommand(
      answers,
      '--scenarios',
      fileOf(known),
      ...(await serve(() => '<37>')),
      '--out',
      out,
    );
    expect(printed).toContain('4 queries answered, 0 not; $0.0000 spent');
    expect(linesOf(out, 'answers.jsonl').map(({ samples }) => samples)).toEqual([[37], [37], [37], [37]]);
    await expect(runCommand(answers, '--scenarios', fileOf(known))).rejects.toThrow('answers: --out is missing');
    const empty = fileOf();
    await expect(runCommand(answers, '--scenarios', empty, ...(await serve(() => 'x')), '--out', out)).rejects.toThrow(
      'there is no query',
    );
  });
});

describe('credence dataset validate', () => {
  it('keeps what passes, and tells the share lost by cell and by check', async () => {
    const out = scratchFolder();
    const flipped = {
      ...known,
      id: `${known.id}-2`,
      program: known.program?.replace(/beats\((\[.*?\]), (\[.*?\]), 1\)/, 'beats($2, $1, 1)'),
    };
    const printed = await runCommand(datasetValidate, '--scenarios', fileOf(known, flipped as Scenario), '--out', out);
    expect(printed).toMatch(/0,0,1 +1 +1 +50\.0 %/);
    expect(printed).toMatch(/conditions +1/);
    expect(linesOf(out, 'scenarios.jsonl').map(({ id }) => id)).toEqual([known.id]);
    expect(linesOf(out, 'rejected.jsonl')[0]).toMatchObject({
      scenarioId: `${known.id}-2`,
      reason: expect.stringContaining('conditions: '),
    });
    expect(linesOf(out, 'verdicts.jsonl').map(({ verdicts }) => (verdicts as unknown[]).length)).toEqual([11, 11]);
    await expect(runCommand(datasetValidate, '--out', out)).rejects.toThrow('dataset validate: --scenarios is missing');
  }, 60_000);
});
