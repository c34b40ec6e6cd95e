/**
 * Answers of programs and transformers from a file, in two shapes: JSON Lines `{scenarioId, queryId, source, sourceId, seed?, bins? | samples? | mean}`,
 * of which language models' replies, one call a line, have `text` or `refused` instead; and one object `{scenarioId: {queryId: {mean, bins?}}}`, whose source is the file's name.
 */
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { gatherReplies } from '../../engine/evaluation/replies.ts';
import { UserError } from '../../shared/errors.ts';
import { ANSWER_SOURCES, type ModelAnswer, modelAnswerSchema } from '../../shared/modelAnswer.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import { parseJson, readTextFile } from '../jsonFile.ts';
import { isOneDocument, lineValues } from './lineValues.ts';

const LARGEST_BYTES = 512 * 2 ** 20;

const value = z.number().min(0).max(100);
const distribution = {
  mean: value.optional(),
  bins: z.array(z.number().min(0)).length(ANSWER_COUNT).optional(),
  samples: z.array(value).min(1).optional(),
};
const lineSchema = z.object({
  scenarioId: z.string().min(1),
  queryId: z.string().min(1),
  source: z.enum(ANSWER_SOURCES),
  sourceId: z.string().min(1),
  seed: z.number().int().optional(),
  ...distribution,
  replies: modelAnswerSchema.shape.replies,
  /** A language model's reply in its words, one call a line; or that it refused. */
  text: z.string().optional(),
  refused: z.boolean().optional(),
});
type Line = z.infer<typeof lineSchema>;
const objectSchema = z.record(z.string(), z.record(z.string(), z.object(distribution)));

type Place = { readonly file: string; readonly line?: number; readonly path?: string };
type Distribution = { readonly mean?: number; readonly bins?: number[]; readonly samples?: number[] };

/** The stated mean, else that of the bins, else that of the samples. */
function meanOf({ mean, bins, samples }: Distribution, location: Place): number {
  if (mean !== undefined) return mean;
  if (bins) {
    const mass = bins.reduce((sum, share) => sum + share, 0);
    if (mass > 0) return bins.reduce((sum, share, answer) => sum + share * answer, 0) / mass;
    throw new UserError('answers: expected bins with mass, received 101 zeros', { location });
  }
  if (samples) return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  throw new UserError('answers: expected a mean, bins or samples, received none of them', { location });
}

/** Bins sum to 1 in what comes out, whatever they summed to in the file. */
function toAnswer(given: Distribution, name: Omit<ModelAnswer, 'mean'>, location: Place): ModelAnswer {
  const mass = given.bins?.reduce((sum, share) => sum + share, 0) ?? 0;
  return {
    ...name,
    mean: meanOf(given, location),
    ...(given.bins ? { bins: given.bins.map((share) => share / mass) } : {}),
    ...(given.samples ? { samples: given.samples } : {}),
  };
}

const isReply = ({ text, refused }: Line): boolean => text !== undefined || refused === true;

/** Answers of lines, those that are replies gathered by query. */
function fromLines(text: string, file: string): ModelAnswer[] {
  const lines = lineValues(text, lineSchema, file);
  const replies = lines.flatMap(({ value: line }) => {
    const { scenarioId, queryId, source, sourceId, seed, text: words = '', refused = false } = line;
    return isReply(line) ? [{ scenarioId, queryId, source, sourceId, seed, text: words, isRefused: refused }] : [];
  });
  const answers = lines.flatMap(({ value: line, line: at }) => {
    const { mean, bins, samples, text: _words, refused: _refused, ...name } = line;
    return isReply(line) ? [] : [toAnswer({ mean, bins, samples }, name, { file, line: at })];
  });
  return [...answers, ...gatherReplies(replies)];
}

/** The answers in `file`. Throws UserError naming file, line and path of what does not fit. */
export const readAnswers = (file: string): ModelAnswer[] => parseAnswers(readTextFile(file, LARGEST_BYTES), file);

/** The answers in `text`, which is that of `file`. Throws UserError naming file, line and path of what does not fit. */
export function parseAnswers(text: string, file: string): ModelAnswer[] {
  if (!isOneDocument(text)) return fromLines(text, file);
  const sourceId = basename(file, extname(file));
  return Object.entries(parseJson(text, objectSchema, { file })).flatMap(([scenarioId, queries]) =>
    Object.entries(queries).map(([queryId, given]) =>
      toAnswer(
        given,
        { scenarioId, queryId, source: 'external', sourceId },
        { file, path: `${scenarioId}.${queryId}` },
      ),
    ),
  );
}
