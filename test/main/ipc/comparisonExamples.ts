/** An input and an output that fit each procedure on comparisons and benchmarks. */
import type { ProcedureInput, ProcedureOutput } from '../../../shared/api.ts';
import type { COMPARISON_PROCEDURES } from '../../../shared/comparisonProcedures.ts';
import { queryIdSchema, scenarioIdSchema } from '../../../shared/identifiers.ts';

type Examples = {
  readonly [N in keyof typeof COMPARISON_PROCEDURES]: {
    readonly input: ProcedureInput<N>;
    readonly output: ProcedureOutput<N>;
  };
};

const heading = {
  name: 'first',
  createdAt: '2026-01-01T00:00:00.000Z',
  study: { slug: 'field-day', title: 'Field day', hash: 'f'.repeat(64) },
};
const divergence = { wasserstein: { value: 4, low: 3, high: 5 }, jensenShannon: null, totalVariation: null };

export const comparisonExamples: Examples = {
  'comparisons.list': { input: {}, output: [{ ...heading, sources: ['posterior program'] }] },
  'comparisons.read': {
    input: { name: 'first' },
    output: {
      ...heading,
      version: '0.1.0',
      sessionId: 's1',
      settings: { aggregation: 'person-means', unit: 'participants', replicates: 2000, splits: 1000, seed: 1 },
      queries: [{ scenarioId: 'lake', queryId: 'skill', kind: 'rank', subdomain: 'rowing', text: 'How good is Ana?' }],
      result: {
        people: {
          participants: 3,
          queries: 1,
          values: 3,
          splitHalf: { r: null, reliability: null, ceiling: null },
          leaveOneOut: null,
          divergence,
        },
        sources: [],
        differences: [],
        items: [],
        reasons: [],
        coarseBins: 20,
        design: 'crossed',
        stage: 'live',
        missing: 0,
        repeated: 0,
        facets: [],
        meanCellRSquared: null,
        replies: {},
        warnings: [],
      },
    },
  },
  'comparisons.scenario': {
    input: { name: 'first', scenarioId: 'lake' },
    output: {
      scenario: {
        id: scenarioIdSchema.parse('lake'),
        domain: 'sports',
        subdomain: 'rowing',
        style: 'structured',
        background: 'Two crews row.',
        conditions: [],
        queries: [{ id: queryIdSchema.parse('skill'), kind: 'rank', text: 'How good is Ana?', target: {} }],
        source: 'built-in',
        seed: 1,
      },
      histograms: { scenarioId: 'lake', queries: [], rows: [] },
    },
  },
  'comparisons.pdf': {
    input: { name: 'first', figure: 'scatter' },
    output: { pdf: 'JVBERi0=' },
  },
  'answers.list': { input: {}, output: [{ name: 'answers.jsonl', sizeBytes: 120 }] },
  'answers.add': {
    input: { name: 'answers.jsonl', text: '{}' },
    output: { answers: 1, sources: ['external big'] },
  },
  'benchmarks.files': { input: {}, output: { folder: '/lab/benchmark-files', files: [] } },
  'benchmarks.list': { input: {}, output: [{ name: 'first', result: null }] },
};
