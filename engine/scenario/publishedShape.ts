/**
 * Published shape: dataset records as the lines `{input, output, bins: [bins]}` of the published code, and back. The ids and kinds that
 * shape lacks are given beside it when reading; nothing is guessed from a text or a value. **Source:** ppt §3.1–3.2 for the layout; the
 * instructions are worded by us.
 */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { Query, Scenario } from '../../shared/scenario.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { INSTRUCTION, renderQuestion, renderScenario } from './prompt.ts';

/** How to answer: in angle brackets, or as a bare number. */
export const PUBLISHED_INSTRUCTIONS = {
  bracket: INSTRUCTION,
  plain: INSTRUCTION.replace(' in angle brackets, like <n>', ' and nothing else'),
} as const;
export type PublishedInstruction = keyof typeof PUBLISHED_INSTRUCTIONS;

const LEAD_IN = 'Read the scenario and answer its query.';
const [START, END] = ['<START_SCENARIO>', '<END_SCENARIO>'];
const QUERIES = 'QUERIES\nQuery: ';

export const publishedLineSchema = z.strictObject({
  input: z.string(),
  output: z.string().regex(/^<?\d{1,3}>?$/),
  bins: z.tuple([z.array(z.number().min(0)).length(ANSWER_COUNT)]),
});
export type PublishedLine = z.infer<typeof publishedLineSchema>;

/** What the published shape does not say of a line. */
export type PublishedPlace = Pick<DatasetRecord, 'scenarioId' | 'queryId' | 'kind' | 'motifCell' | 'split'>;

/** A record in the published shape; `scenario` and `query` are the ones it was made from. */
export function toPublished(
  record: Pick<DatasetRecord, 'answer' | 'bins'>,
  scenario: Scenario,
  query: Query,
  instruction: PublishedInstruction = 'bracket',
): PublishedLine {
  const input = [
    PUBLISHED_INSTRUCTIONS[instruction],
    LEAD_IN,
    `${START}\n${renderScenario(scenario)}\n\n${QUERIES}${query.text}\n${END}`,
  ].join('\n\n');
  const output = instruction === 'bracket' ? `<${record.answer}>` : record.answer;
  return { input, output, bins: [record.bins] };
}

/** A line of the published shape as a record. Throws UserError if its text has not the published layout. */
export function fromPublished(line: PublishedLine, place: PublishedPlace): DatasetRecord {
  const start = line.input.indexOf(START);
  const end = line.input.lastIndexOf(END);
  const queries = line.input.lastIndexOf(QUERIES);
  if (start < 0 || queries < start || end < queries)
    throw new UserError(`published record: expected ${START}, QUERIES with one query and ${END}, in this order`, {
      location: { path: `${place.scenarioId} ${place.queryId}` },
    });
  const text = line.input.slice(start + START.length, queries).trim();
  const [bins] = line.bins;
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  const mean = bins.reduce((sum, bin, i) => sum + bin * i, 0) / total;
  const variance = bins.reduce((sum, bin, i) => sum + bin * (i - mean) ** 2, 0) / total;
  return {
    ...place,
    context: `${INSTRUCTION}\n\n${text}\n`,
    question: renderQuestion(line.input.slice(queries + QUERIES.length, end).trim()),
    answer: line.output.replace(/[<>]/g, ''),
    bins: bins.map((bin) => bin / total),
    mean,
    sd: Math.sqrt(variance),
    mcse: 0,
  };
}
