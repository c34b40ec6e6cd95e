/** `credence compare`: people's answers against programs' and transformers', with intervals, ceiling and floors. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Rungs } from '../../engine/figures/comparisonLadder.ts';
import { countText, decimal, estimateText } from '../../engine/figures/numberText.ts';
import { compareIntervalText } from '../../engine/figures/reportNote.ts';
import { ratersNeeded, singleReliability } from '../../engine/statistics/ratersNeeded.ts';
import { AGGREGATIONS, RESAMPLING_UNITS } from '../../shared/comparison.ts';
import { UserError } from '../../shared/errors.ts';
import { STAGES, type Study, stageSchema } from '../../shared/study.ts';
import { compareFiles, type FilesComparison } from '../exchange/compareFiles.ts';
import { comparisonFiles } from '../exchange/comparisonFiles.ts';
import { PICTURE_FORMATS, type PictureFormat, renderPictures } from '../exchange/renderPictures.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import { buildStaged } from '../stagedFolder.ts';
import { loadStudy } from '../studies.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const WANTED_RELIABILITY = 0.9;

/** How many people per query the wanted reliability needs, by that of those who answered; a dash where theirs is unknown. */
function plannedRaters({ people, items }: FilesComparison): string {
  const perQuery = items.reduce((sum, { participants }) => sum + participants, 0) / items.length;
  const single = singleReliability(people.splitHalf.reliability?.value ?? Number.NaN, perQuery);
  const needed = ratersNeeded(single, WANTED_RELIABILITY);
  return Number.isNaN(needed) ? '–' : String(needed);
}

function describePeople(result: FilesComparison): string[] {
  const { people, design, stage, missing } = result;
  const { r, reliability, ceiling } = people.splitHalf;
  return [
    `people: ${countText(people.participants)} ${design === 'nested' ? 'records, each of one scenario' : 'participants'}${stage === null ? '' : ` (${stage.toUpperCase()})`}, ` +
      `${people.queries} queries, ${countText(people.values)} values, ${missing} missing`,
    `reliability: split-half r ${decimal(r, 2)}, Spearman–Brown ${estimateText(reliability, 2)}, ceiling of r ${decimal(ceiling, 2)}, leave-one-out r ${decimal(people.leaveOneOut, 2)}`,
    `raters: for a reliability of .90, ${plannedRaters(result)} people per query`,
    `floors, half against half: Wasserstein ${estimateText(people.divergence.wasserstein, 1)} points, Jensen–Shannon ${estimateText(people.divergence.jensenShannon, 2)} bits on ${result.coarseBins} bins`,
  ];
}

function describeSources(result: FilesComparison): string[] {
  const rows = result.sources.map((source) => [
    source.label,
    estimateText(source.r, 2),
    estimateText(source.spearman, 2),
    estimateText(source.rmse, 1),
    estimateText(source.mae, 1),
    decimal(source.concordance, 2),
    estimateText(source.divergence.wasserstein, 1),
  ]);
  const table = [['source', 'r', 'Spearman', 'RMSE', 'MAE', 'concordance', 'Wasserstein'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

const describe = (result: FilesComparison, interval: string): string =>
  [
    ...describePeople(result),
    '',
    ...describeSources(result),
    '',
    interval,
    ...Object.entries(result.replies).flatMap(([label, replies]) =>
      replies === null
        ? []
        : [
            `${label}: ${countText(replies.asked)} replies, ${replies.refused} refused, ${replies.unparsed} without an answer`,
          ],
    ),
    ...result.reasons.map((reason) => `note: ${reason}`),
    ...result.warnings.map((warning) => `warning: ${warning}`),
    '',
  ].join('\n');

function parsePictureFormat(name: string): PictureFormat {
  const format = PICTURE_FORMATS.find((known) => known === name);
  if (format) return format;
  throw new UserError(`--formats: expected one of ${PICTURE_FORMATS.join(', ')}, received "${name}"`);
}

/** `q1:s1,s2,s3` as a query and its rungs. */
function rungsOf(text: string | undefined): Rungs | null {
  if (text === undefined) return null;
  const [queryId, scenarios = ''] = text.split(':');
  const scenarioIds = scenarios.split(',').filter(Boolean);
  if (queryId !== '' && scenarioIds.length >= 2) return { queryId, scenarioIds };
  throw new UserError(`--ladder: expected QUERY:ID,ID,… with two scenarios at least, received "${text}"`);
}

const studyOf = (folder: string | undefined): Study | null => (folder === undefined ? null : loadStudy(folder));

/** Writes the files into a folder that appears whole; only a folder this command wrote before is replaced. */
const writeFiles = (
  folder: string,
  files: ReadonlyMap<string, string>,
  formats: readonly PictureFormat[],
): Promise<void> =>
  buildStaged(
    folder,
    async (existing) =>
      existsSync(join(existing, 'comparison.json')) ? undefined : 'the folder holds files that are not a comparison',
    async (staging) => {
      for (const [name, content] of files) writeFileAtomic(join(staging, name), content);
      for (const name of files.keys()) if (name.endsWith('.svg')) await renderPictures(join(staging, name), formats);
    },
  );

export const compareCommand = defineCommand({
  name: 'compare',
  summary: 'Compare people’s answers with those of programs and transformers',
  positionals: [],
  options: {
    human: {
      type: 'string',
      placeholder: 'FILE',
      description: 'people’s answers: JSON Lines or the multi-click shape',
    },
    answers: {
      type: 'strings',
      placeholder: 'FILE',
      description:
        'sources’ answers, or a dataset of the study’s scenarios (its programs and priors); give it again for more',
    },
    ladder: {
      type: 'string',
      placeholder: 'QUERY:ID,ID,…',
      description: 'a query along scenarios that change step by step, to draw with --out',
    },
    run: { type: 'strings', placeholder: 'DIR', description: 'a training run whose curves to draw with --out' },
    study: { type: 'string', placeholder: 'DIR', description: 'the study’s folder, for facets by kind and subdomain' },
    training: {
      type: 'string',
      placeholder: 'DIR',
      description: 'the dataset trained on, for kind means to beat and the facet of held-out cells; needs --study',
    },
    bare: { type: 'boolean', description: 'the files’ sources alone, without floors and direction controls' },
    part: { type: 'string', placeholder: 'NAME', description: 'which part of a file of people’s answers with several' },
    scenario: {
      type: 'strings',
      placeholder: 'ID',
      description: 'a scenario to draw in full, with --out: histograms, and an overlay of the distributions per query',
    },
    formats: {
      type: 'strings',
      placeholder: 'NAME',
      description: `of figures beside SVG: ${PICTURE_FORMATS.join(', ')}; needs a Chromium`,
    },
    stage: { type: 'string', choices: STAGES, description: 'keep people’s answers of this stage' },
    aggregation: {
      type: 'string',
      choices: AGGREGATIONS,
      description: 'one mean per person (default), or all values pooled',
    },
    unit: {
      type: 'string',
      choices: RESAMPLING_UNITS,
      description: 'what intervals resample; participants by default',
    },
    replicates: {
      type: 'number',
      integer: true,
      min: 100,
      max: 1_000_000,
      description: 'bootstrap replicates, 10000 by default',
    },
    splits: { type: 'number', integer: true, min: 10, max: 100_000, description: 'random halves, 1000 by default' },
    seed: { type: 'number', integer: true, description: 'seed of all resampling, 1 by default' },
    out: {
      type: 'string',
      placeholder: 'DIR',
      description: 'folder to write figures (SVG), their numbers (CSV) and all as JSON',
    },
    json: { type: 'boolean', description: 'print everything as JSON' },
  },
  async run(values, _positionals, context) {
    if (values.human === undefined || values.answers.length === 0)
      throw new UserError(`compare: ${values.human === undefined ? '--human' : '--answers'} is missing`, {
        hint: 'credence compare --human people.json --answers program.jsonl --answers adapter.jsonl',
      });
    const options = {
      aggregation: z.enum(AGGREGATIONS).default('person-means').parse(values.aggregation),
      unit: z.enum(RESAMPLING_UNITS).default('participants').parse(values.unit),
      replicates: values.replicates ?? 10_000,
      level: 0.95,
      splits: values.splits ?? 1000,
      seed: values.seed ?? 1,
      stage: stageSchema.optional().parse(values.stage),
      part: values.part,
      study: values.study,
      training: values.training,
      hasControls: !values.bare,
      scenarios: values.scenario,
    };
    const bar = createProgressBar(context);
    const control = { onProgress: bar.report, signal: context.signal };
    const result = await compareFiles(values.human, values.answers, options, control).finally(bar.finish);
    const { aggregation, unit, replicates, level, splits, seed } = options;
    const interval = compareIntervalText(options);
    if (values.out !== undefined)
      await writeFiles(
        values.out,
        comparisonFiles(result, {
          human: values.human,
          interval,
          study: studyOf(options.study),
          rungs: rungsOf(values.ladder),
          runs: values.run,
        }),
        values.formats.map(parsePictureFormat),
      );
    context.out(
      values.json
        ? `${JSON.stringify({ ...result, options: { aggregation, unit, replicates, level, splits, seed } })}\n`
        : describe(result, interval),
    );
  },
});
