/**
 * Published answers of programs: training records `{input, output, bins}`, which name no query and need a map, and samples `{query: [values]}`
 * of one scenario. Nothing is guessed from the values: their scale is said.
 * **Source:** ppt §3.1, and its defect D2 (the published code takes values up to 1 for probabilities).
 */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import type { ModelAnswer } from '../../../shared/modelAnswer.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import { parseJson } from '../../jsonFile.ts';

const shares = z.array(z.number().min(0)).length(ANSWER_COUNT);
const recordSchema = z.looseObject({
  input: z.string().min(1),
  output: z.string(),
  bins: z.union([z.array(shares).length(1), shares]),
});
const mapSchema = z.looseObject({
  index: z.number().int().min(0),
  scenarioId: z.string().min(1),
  queryId: z.string().min(1),
});
export type TargetMap = readonly z.infer<typeof mapSchema>[];

/** The checked map from a record's place to its query: one JSON object a line. */
export const readTargetMap = (text: string, file: string): TargetMap =>
  text
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseJson(line, mapSchema, { file, line: i + 1 })]));

/** A training record as published. */
export type TargetRecord = { readonly input: string; readonly output: string; readonly bins: readonly number[] };

/** The records of a document. Throws UserError naming the record and what is wrong with it. */
export function readTargets(text: string, file: string): TargetRecord[] {
  return parseJson(text, z.array(recordSchema), { file }).map(({ input, output, bins }, index) => {
    const flat = Array.isArray(bins[0]) ? bins[0] : (bins as number[]);
    const total = flat.reduce((sum, share) => sum + share, 0);
    if (Math.abs(total - 1) > 1e-4)
      throw new UserError(`${file}: [${index}].bins: expected shares that sum to 1, received a sum of ${total}`, {
        location: { file, path: `[${index}].bins` },
      });
    return { input, output, bins: flat };
  });
}

/** The records as answers of program `sourceId`. Throws UserError where the map names other records than there are. */
export function targetAnswers(
  records: readonly TargetRecord[],
  map: TargetMap,
  source: { readonly sourceId: string; readonly file: string },
): ModelAnswer[] {
  if (map.length !== records.length)
    throw new UserError(`${source.file}: ${records.length} records, but the map names ${map.length}`, {
      hint: 'the map needs one line {index, scenarioId, queryId} for each record',
      location: { file: source.file },
    });
  return map.map(({ index, scenarioId, queryId }) => {
    const record = records[index];
    if (record === undefined)
      throw new UserError(`${source.file}: the map names record ${index} of ${records.length}`, {
        location: { file: source.file },
      });
    const mean = record.bins.reduce((sum, share, answer) => sum + share * answer, 0);
    return { scenarioId, queryId, source: 'posterior', sourceId: source.sourceId, mean, bins: [...record.bins] };
  });
}

/** `unit` for values that are probabilities. */
export const SAMPLE_SCALES = ['points', 'unit'] as const;
export type SampleScale = (typeof SAMPLE_SCALES)[number];

const samplesSchema = z.record(z.string().min(1), z.array(z.union([z.number(), z.array(z.number()).length(1)])).min(1));

/** Samples by query as answers to the queries of `scenarioId`. Throws UserError for values outside the scale. */
export function readSamples(
  text: string,
  source: {
    readonly file: string;
    readonly sourceId: string;
    readonly scenarioId: string;
    readonly scale: SampleScale;
  },
): ModelAnswer[] {
  const { file, sourceId, scenarioId, scale } = source;
  return Object.entries(parseJson(text, samplesSchema, { file })).map(([queryId, values]) => {
    const samples = values.map(
      (value) => (scale === 'unit' ? 100 : 1) * (typeof value === 'number' ? value : value[0]),
    );
    const at = samples.findIndex((value) => value < 0 || value > 100);
    if (at >= 0)
      throw new UserError(
        `${file}: ${queryId}[${at}]: expected a value from 0 to ${scale === 'unit' ? 1 : 100}, received ${values[at]}`,
        {
          location: { file, path: `${queryId}[${at}]` },
        },
      );
    const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
    return { scenarioId, queryId, source: 'posterior', sourceId, mean, samples };
  });
}
