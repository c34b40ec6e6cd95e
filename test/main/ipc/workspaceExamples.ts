/** Examples of the procedures on the researcher's own material; see `procedureExamples.ts`. */

import { EVERY_SCENARIO } from '../../../shared/library.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import { comparisonExamples } from './comparisonExamples.ts';

const bins = Array.from({ length: ANSWER_COUNT }, () => 1 / ANSWER_COUNT);
const scenario = {
  id: 'chess-1',
  domain: 'sports',
  subdomain: 'chess',
  style: 'structured',
  motif: { P: 0, C: 0, R: 1, teamSize: 1 },
  background: 'Ann and Ben play chess.',
  conditions: [{ text: 'Ann won.' }],
  queries: [{ id: 'q1', text: 'How strong is Ann?', kind: 'rank', target: { entity: 'Ann' } }],
  program: 'return {q1: 50};',
  source: 'imported',
};
const entry = {
  id: 'chess-1',
  domain: 'sports',
  subdomain: 'chess',
  style: 'structured',
  source: 'imported',
  cell: '0,0,1',
  teamSize: 1,
  queries: 1,
  verdict: 'unchecked',
  reason: '',
  excerpt: 'Ann won.',
};
const posterior = {
  queries: { q1: { mean: 50, sd: 10, mcse: 0.1, bins } },
  method: 'rejection',
  executions: 10_000,
  seed: 1,
  seconds: 0.5,
  executionsPerSecond: 20_000,
  warnings: [],
};
const origin = { transformer: 'bundled', dataset: 'small', sweep: null };
const plan = {
  weights: 100,
  widening: 0,
  adapter: 10,
  optimizer: 20,
  activations: 70,
  total: 200,
  free: 1000,
  longestTokens: 400,
  backend: 'cpu',
  largestBuffer: 50,
  bindingLimit: 1000,
  choices: [{ weights: 'float32', checkpointing: false, total: 200 }],
};
const edits = { undo: 'Edit chess-1', redo: null };
const request = { kind: 'generate', input: { domain: 'sports', style: 'structured', count: 20, seed: 1 } };
const job = {
  jobId: 'generate-1',
  request,
  title: 'Generate 20 sports scenarios',
  state: 'running',
  progress: { stage: 'generate', done: 5, total: 20, unit: 'scenarios' },
  outcome: null,
  problem: null,
  startedAt: '2026-01-02T03:04:05.000Z',
  endedAt: null,
};
const jobId = { jobId: 'generate-1' };
const config = {
  target: 'distribution',
  loss: 'renormalised',
  rank: 8,
  alpha: 16,
  dropout: 0,
  learningRate: 0.001,
  weightDecay: 0,
  schedule: 'constant',
  warmupSteps: 0,
  clipNorm: 1,
  batch: 2,
  accumulate: 1,
  epochBatches: 200,
  epochs: 2,
  patience: 50,
  seed: 1,
  backend: 'cpu',
};
const record = {
  scenarioId: 'chess-1',
  queryId: 'q1',
  kind: 'rank',
  motifCell: '0,0,1',
  split: 'test',
  context: 'Ann and Ben play chess.',
  question: 'How strong is Ann?',
  answer: '50',
  bins,
  mean: 50,
  sd: 10,
  mcse: 0.1,
};
const heading = {
  name: 'first',
  createdAt: '2026-01-02T03:04:05.000Z',
  dataset: 'sports',
  split: 'test',
  runs: ['first'],
};

export const workspaceExamples = {
  'library.scenarios': {
    input: { filter: { ...EVERY_SCENARIO, search: 'ann' }, offset: 0, limit: 50 },
    output: { total: 1, entries: [entry] },
  },
  'library.cells': { input: {}, output: [{ cell: '0,0,1', scenarios: 1 }] },
  'library.read': { input: { id: 'chess-1' }, output: { scenario, entry, posterior } },
  'library.save': { input: { scenario }, output: edits },
  'library.import': { input: { text: JSON.stringify(scenario) }, output: { saved: 1 } },
  'library.remove': { input: { ids: ['chess-1'] }, output: edits },
  'library.edits': { input: {}, output: edits },
  'library.undo': { input: {}, output: edits },
  'library.redo': { input: {}, output: edits },
  'programs.check': {
    input: { source: 'return 1;' },
    output: {
      faults: [{ severity: 'error', message: 'nothing is asked for', hint: 'End with a value.', line: 1, column: 1 }],
      evidence: ["beats(['Ann'], ['Ben'], 1);"],
    },
  },
  'programs.run': {
    input: { runId: 'run-1', source: 'return 1;', evidence: ['on', 'flipped'], precision: 0.5, seed: 1 },
    output: posterior,
  },
  'programs.stop': { input: { runId: 'run-1' }, output: {} },
  'jobs.list': { input: {}, output: [job] },
  'jobs.start': { input: request, output: job },
  'jobs.pause': { input: jobId, output: job },
  'jobs.resume': { input: jobId, output: job },
  'jobs.cancel': { input: jobId, output: job },
  'jobs.dismiss': { input: jobId, output: {} },
  ...comparisonExamples,
  'datasets.list': { input: {}, output: [{ name: 'sports', manifest: null }] },
  'datasets.records': { input: { name: 'sports', split: 'test', offset: 0, limit: 20 }, output: [record] },
  'transformers.list': {
    input: {},
    output: [{ name: 'bundled', architecture: 'LlamaForCausalLM', layers: 4, hiddenSize: 144, sizeBytes: 2_400_000 }],
  },
  'runs.list': {
    input: {},
    output: [{ name: 'first', config, origin, steps: 100, best: { step: 80, mae: 7.5 }, hasAdapter: true }],
  },
  'runs.plan': { input: { transformer: 'bundled', dataset: 'small', config }, output: plan },
  'runs.predictions': {
    input: { name: 'first', after: -1 },
    output: {
      pinned: [{ scenarioId: 's1', queryId: 'q1', question: 'Who wins?', bins, mean: 50 }],
      answers: [{ step: 0, answers: [{ bins, mean: 50 }] }],
    },
  },
  'runs.adapter': {
    input: { name: 'first' },
    output: {
      format: 'credence-adapter',
      version: 1,
      transformer: 'transformer',
      dataset: 'small',
      inputs: { transformer: { 'config.json': 'ab' }, dataset: { 'train.jsonl': 'cd' } },
      backend: { name: 'cpu', threads: 1 },
      config,
      step: 80,
      validation: { mae: 7.5, crossEntropy: 3.9, divergence: 0.4 },
    },
  },
  'runs.log': {
    input: { name: 'first', after: 0 },
    output: { lines: [{ event: 'step', step: 1, loss: 4.6, learningRate: 0.001, gradientNorm: 1.5 }], next: 84 },
  },
  'evaluations.list': { input: {}, output: [heading] },
  'evaluations.read': {
    input: { name: 'first' },
    output: {
      ...heading,
      version: '0.1.0',
      transformer: 'bundled',
      scenarios: 1,
      rows: [],
      interval: { level: 0.95, replicates: 2000, seed: 1 },
    },
  },
};
