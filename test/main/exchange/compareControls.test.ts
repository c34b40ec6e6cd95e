/** Comparison with controls: floors and turned contests beside the sources, replies counted, facets of domain, motif and what was held out, pictures. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitByFacets } from '../../../main/exchange/compareFacets.ts';
import { compareFiles } from '../../../main/exchange/compareFiles.ts';
import { withControls } from '../../../main/exchange/compareSources.ts';
import { findBrowser, renderPictures } from '../../../main/exchange/renderPictures.ts';
import { buildDataset } from '../../../main/jobs/datasetBuild.ts';
import { createInferencePool } from '../../../main/processes/inferencePool.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import { scratchFolder } from '../../scratch.ts';
import { toyScenario } from '../../toyStudy.ts';

const options = {
  aggregation: 'person-means',
  unit: 'participants',
  replicates: 100,
  level: 0.95,
  splits: 10,
  seed: 5,
} as const;
const study = resource('studies', 'field-day');
const asked = loadStudy(study).scenarios.flatMap(({ id, queries }) =>
  queries.map((query, i) => ({
    scenarioId: id,
    queryId: query.id,
    kind: query.kind,
    truth: 10 + ((i * 37 + id.length * 11) % 80),
  })),
);
const lines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

let folder: string;
let human: string;
let replies: string;
beforeAll(() => {
  folder = scratchFolder();
  human = join(folder, 'people.jsonl');
  replies = join(folder, 'replies.jsonl');
  writeFileSync(
    human,
    lines(
      ['p1', 'p2', 'p3'].flatMap((participantId, p) =>
        asked.map(({ scenarioId, queryId, truth }, i) => ({
          participantId,
          scenarioId,
          queryId,
          rating: truth + ((i * 7 + p * 5) % 9),
          stage: 'simulated',
        })),
      ),
    ),
  );
  // A language model that answers contests the wrong way round, and refuses now and then.
  writeFileSync(
    replies,
    lines(
      asked.flatMap(({ scenarioId, queryId, kind, truth }, i) => {
        const name = { scenarioId, queryId, source: 'external', sourceId: 'words' };
        const reply = { ...name, text: `<${kind === 'contest' ? 100 - truth : truth}>` };
        return i % 6 === 0 ? [reply, { ...name, refused: true }, { ...name, text: 'who knows' }] : [reply];
      }),
    ),
  );
});

describe('a comparison with controls', () => {
  it('puts the turned row and the floor beside the source, and counts its replies', async () => {
    const result = await compareFiles(human, [replies], { ...options, study, hasControls: true });
    expect(result.sources.map(({ label }) => label)).toEqual([
      'external words',
      'external words, contests turned',
      'Always 50',
    ]);
    const [given, turned, floor] = result.sources;
    expect(turned.r?.value).toBeGreaterThan(0.95);
    expect(turned.r?.value).toBeGreaterThan((given.r?.value ?? 1) + 0.2);
    expect(floor).toMatchObject({ r: null, source: 'floor' });
    const refusals = asked.filter((_, i) => i % 6 === 0).length;
    expect(result.replies).toEqual({
      'external words': { asked: asked.length + 2 * refusals, refused: refusals, unparsed: refusals },
    });
    expect(result.people.participants).toBe(3);
  });

  it('takes a dataset of the study’s scenarios as the programs’ answers and their priors', async () => {
    const dataset = join(scratchFolder(), 'labelled');
    const pool = createInferencePool({ workers: 1 });
    const holdOut = { cells: [], levels: [], domains: [] };
    await buildDataset({
      scenarios: loadStudy(study).scenarios,
      outDir: dataset,
      pool,
      seed: 1,
      precision: 8,
      priorPrecision: 8,
      holdOut,
    });
    await pool.stop();
    const { sources } = await compareFiles(human, [dataset, replies], { ...options, study });
    expect(sources.map(({ label }) => label)).toEqual(['posterior program', 'prior', 'external words']);
    expect(sources.map(({ divergence }) => divergence.wasserstein !== null)).toEqual([true, true, true]);
  }, 60_000);

  it('adds kind means where training is named, and needs the study for it', async () => {
    await expect(compareFiles(human, [replies], { ...options, training: folder })).rejects.toMatchObject({
      name: 'UserError',
      message: 'compare: --training needs --study, which says of what kind each query is',
    });
    const known = [
      {
        scenarioId: 'ann-won',
        queryId: 'next',
        kind: 'contest' as const,
        scenario: toyScenario('ann-won', 'won', false),
      },
    ];
    const record = {
      scenarioId: 's',
      queryId: 'q',
      kind: 'contest',
      motifCell: null,
      split: 'train',
      context: '',
      question: '',
      answer: '30',
      bins: new Array(101).fill(1 / 101),
      mean: 30,
      sd: 1,
      mcse: 1,
    } as const;
    const sets = withControls([], known, known, [record]);
    expect(sets.map(({ sourceId }) => sourceId)).toEqual(['constant-50', 'kind-mean']);
    expect(sets[1].answers[0].mean).toBe(30);
  });
});

describe('facets', () => {
  it('are values of the study, and what training held out', () => {
    const known = [
      {
        scenarioId: 'ann-won',
        queryId: 'next',
        kind: 'contest' as const,
        scenario: toyScenario('ann-won', 'won', true),
      },
      {
        scenarioId: 'ann-lost',
        queryId: 'strength',
        kind: 'rank' as const,
        scenario: toyScenario('ann-lost', 'lost', false),
      },
    ];
    const facets = splitByFacets(known, { cells: ['1,1,0'], domains: [] });
    expect(facets.map(({ facet, value }) => `${facet} ${value}`)).toEqual([
      'kind contest',
      'kind rank',
      'subdomain arm wrestling',
      'cell contest × arm wrestling',
      'cell rank × arm wrestling',
      'motif 1,1,0',
      'motif 0,0,1',
      'heldOut held out',
      'heldOut trained on',
    ]);
    expect(splitByFacets(known, null).some(({ facet }) => facet === 'heldOut')).toBe(false);
  });
});

describe('pictures of a figure', () => {
  const svg =
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" class="figure" width="120" height="80"><rect width="120" height="80"/></svg>';

  it('are drawn at twice its size, and on one page of its size', async ({ skip }) => {
    if (findBrowser() === undefined) return skip('no Chromium here');
    const file = join(folder, 'figure.svg');
    writeFileSync(file, svg);
    await renderPictures(file, ['png', 'pdf']);
    const png = readFileSync(join(folder, 'figure.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([240, 160]);
    // 120 × 80 px at 96 to the inch are 90 × 60 points.
    expect(readFileSync(join(folder, 'figure.pdf'), 'latin1')).toMatch(/\/MediaBox ?\[0 0 90 60\]/);
  }, 120_000);

  it('need a Chromium and a figure, and say so', async () => {
    expect(findBrowser({ CREDENCE_CHROMIUM: '/nowhere/chromium' })).toBe('/nowhere/chromium');
    expect(findBrowser({ PATH: folder })).toBeUndefined();
    const other = join(folder, 'other.svg');
    writeFileSync(other, '<svg/>');
    if (findBrowser() !== undefined)
      await expect(renderPictures(other, ['png'])).rejects.toMatchObject({
        message: `${other}: expected an SVG figure with width and height`,
      });
    const kept = process.env.CREDENCE_CHROMIUM;
    process.env.CREDENCE_CHROMIUM = join(folder, 'none');
    try {
      await expect(renderPictures(other, ['png'])).rejects.toMatchObject({
        name: 'UserError',
        message: `figures: png need a Chromium, and this machine has none at ${join(folder, 'none')}`,
        hint: 'install Chromium, or set CREDENCE_CHROMIUM to its path; SVG and CSV need none',
      });
    } finally {
      if (kept === undefined) delete process.env.CREDENCE_CHROMIUM;
      else process.env.CREDENCE_CHROMIUM = kept;
    }
  });
});
