/** A small study for tests: two scenarios with two queries each, and answers to it. */
import type { SubmittedResponse } from '../../shared/response.ts';
import { submittedResponseSchema } from '../../shared/response.ts';
import { scenarioSchema } from '../../shared/scenario.ts';
import { type Study, studySchema } from '../../shared/study.ts';

const scenario = (id: string) =>
  scenarioSchema.parse({
    id,
    domain: 'sports',
    subdomain: 'rowing',
    style: 'structured',
    background: `Two crews row on lake ${id}.`,
    conditions: [{ text: 'The first crew won twice.' }],
    queries: [
      { id: 'skill', text: 'How strong is the first crew?', kind: 'rank', target: {} },
      { id: 'next', text: 'Who wins the next race?', kind: 'contest', target: {} },
    ],
    program: 'return {skill: 50, next: 50};',
    source: 'built-in',
  });

/** The study; `title` makes versions that differ. */
export const smallStudy = (title = 'Rowing'): Study =>
  studySchema.parse({
    format: 'credence-study',
    formatVersion: 1,
    slug: 'rowing',
    version: '1.0.0',
    title,
    description: 'Two short scenarios.',
    locale: 'en',
    scales: [
      { kind: 'rank', lowLabel: 'weakest', highLabel: 'strongest', unit: 'rank' },
      { kind: 'contest', lowLabel: 'first', highLabel: 'second', unit: 'chance' },
    ],
    timeline: [
      { kind: 'instructions', id: 'start', title: 'Welcome', body: 'Read and judge.' },
      { kind: 'block', id: 'main', scenarioIds: ['lake-a', 'lake-b'], order: 'fixed' },
      { kind: 'end', id: 'end', title: 'Done', body: 'Thank you.' },
    ],
    scenarios: [scenario('lake-a'), scenario('lake-b')],
  });

/** An answer; trial 1 is lake-a, trial 2 lake-b. */
export const answer = (
  clientSeq: number,
  changes: Partial<Record<keyof SubmittedResponse, unknown>> = {},
): SubmittedResponse =>
  submittedResponseSchema.parse({
    clientSeq,
    trialIndex: 1,
    scenarioId: 'lake-a',
    queryId: 'skill',
    rating: 61.5,
    inputMode: 'mouse',
    firstInputMs: 812,
    commitMs: 2044,
    adjustments: 2,
    ...changes,
  });
