/** Mutated programs: whatever the text, the outcome is a result, a typed error or a limit. CREDENCE_FUZZ_COUNT sets how many. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createRandom, pick, type Random } from '../../engine/random.ts';
import { createInferencePool } from '../../main/processes/inferencePool.ts';
import { UserError } from '../../shared/errors.ts';
import { CLOSED_FORMS } from '../engine/inference/closedForms.ts';

const COUNT = Number(process.env.CREDENCE_FUZZ_COUNT ?? 200);
const SEED = Number(process.env.CREDENCE_FUZZ_SEED ?? 1);
const WORKERS = 2;

const fixtures = new URL('../fixtures/', import.meta.url);
const corpus: string[] = [
  ...readdirSync(new URL('programs/', fixtures)).map((name) =>
    readFileSync(new URL(`programs/${name}`, fixtures), 'utf8'),
  ),
  ...JSON.parse(readFileSync(new URL('attacks/attacks.json', fixtures), 'utf8'))
    .map(({ source }: { source: string }) => source)
    .filter((source: string) => source.length < 5_000),
  ...CLOSED_FORMS.map(({ body }) => `var model = function () { ${body} };`),
];
const tokensOf = (text: string): string[] =>
  text.match(/[A-Za-z_$][\w$]*|\d+(?:\.\d+)?|'[^'\n]*'|\s+|[^\w\s]/g) ?? [text];
const vocabulary = [...new Set(corpus.flatMap(tokensOf))];
const NUMBERS = ['0', '-1', '1e308', '1e-320', '4294967296', 'NaN', 'Infinity', '0.1'];

/** One edit of a token list: delete, repeat, replace, swap, splice in a piece of another program, or one character changed. */
function mutate(random: Random, text: string): string {
  const tokens = tokensOf(text);
  const at = random.integer(tokens.length);
  const count = 1 + random.integer(4);
  switch (random.integer(7)) {
    case 0:
      tokens.splice(at, count);
      break;
    case 1:
      tokens.splice(at, 0, ...tokens.slice(at, at + count));
      break;
    case 2:
      tokens[at] = pick(random, vocabulary);
      break;
    case 3:
      [tokens[at], tokens[random.integer(tokens.length)]] = [tokens[random.integer(tokens.length)], tokens[at]];
      break;
    case 4: {
      const other = tokensOf(pick(random, corpus));
      const from = random.integer(other.length);
      tokens.splice(at, 0, ...other.slice(from, from + 3 * count));
      break;
    }
    case 5:
      tokens[at] = pick(random, NUMBERS);
      break;
    default:
      tokens[at] = tokens[at].slice(1) + String.fromCharCode(32 + random.integer(95));
  }
  return tokens.join('');
}

const pool = createInferencePool({ workers: WORKERS, maxBytes: 700 * 2 ** 20 });
afterAll(() => pool.stop());

const METHODS = ['auto', 'rejection', 'forward', 'importance', 'mh', 'smc', 'enumerate', 'hmc'] as const;

test(`${COUNT} mutated programs end in a result, a typed error or a limit`, {
  timeout: 60_000 + 100 * COUNT,
}, async () => {
  const counts = { results: 0, errors: 0 };
  const runOne = async (i: number): Promise<void> => {
    const random = createRandom(SEED).split('fuzz', i);
    let source = pick(random, corpus);
    for (let k = 0; k <= random.integer(2); k++) source = mutate(random, source);
    const options = { method: pick(random, METHODS), samples: 20, maxExecutions: 400, maxSeconds: 0.5 };
    const outcome = await pool.run({ source, options }).catch((error) => error);
    if (outcome instanceof UserError) counts.errors++;
    else if (outcome instanceof Error)
      expect.unreachable(`seed ${SEED}, program ${i}, ${options.method}: ${outcome.message}\n${source}`);
    else counts.results++;
  };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < COUNT) await runOne(next++);
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  expect(counts.results + counts.errors).toBe(COUNT);
  // Both kinds must occur, or the mutator makes nothing but noise.
  expect(counts.results).toBeGreaterThan(COUNT / 50);
  expect(counts.errors).toBeGreaterThan(COUNT / 50);
});
