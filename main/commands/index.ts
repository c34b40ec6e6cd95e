/** The commands of the CLI, each loaded only when it is the one that runs. */
import type { Command } from './command.ts';

/** Name → loader, in the order `credence --help` lists them. */
export const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> = {
  demo: {
    summary: 'run the whole job once: scenarios, posteriors, training, simulated people, comparison, report',
    load: async () => (await import('./demo.ts')).demo,
  },
  infer: {
    summary: 'run a probabilistic program and print its posterior',
    load: async () => (await import('./infer.ts')).inferCommand,
  },
  generate: {
    summary: 'write scenarios with the programs that answer them',
    load: async () => (await import('./generate.ts')).generate,
  },
  synthesize: {
    summary: 'let a language model write programs for scenarios, and keep those that pass validation',
    load: async () => (await import('./synthesize.ts')).synthesize,
  },
  answers: {
    summary: 'ask a language model the queries themselves, as a baseline',
    load: async () => (await import('./answers.ts')).answers,
  },
  'dataset validate': {
    summary: 'check programs against their scenarios and keep those that pass',
    load: async () => (await import('./datasetValidate.ts')).datasetValidate,
  },
  'dataset build': {
    summary: 'label scenarios by their programs and write training data',
    load: async () => (await import('./datasetBuild.ts')).datasetBuild,
  },
  'dataset merge': {
    summary: 'put the shards of one dataset together',
    load: async () => (await import('./datasetMerge.ts')).datasetMerge,
  },
  'dataset export': {
    summary: 'write a dataset in the published shape {input, output, bins}',
    load: async () => (await import('./datasetExchange.ts')).datasetExport,
  },
  'dataset import': {
    summary: 'read records of the published shape {input, output, bins}',
    load: async () => (await import('./datasetExchange.ts')).datasetImport,
  },
  'dataset relabel': {
    summary: 'label a dataset by answers instead of posteriors',
    load: async () => (await import('./datasetExchange.ts')).datasetRelabel,
  },
  logprobs: {
    summary: 'print what a transformer thinks of the answers 0–100 after each prompt',
    load: async () => (await import('./logprobs.ts')).logprobsCommand,
  },
  train: {
    summary: 'fine-tune a transformer on posteriors',
    load: async () => (await import('./train.ts')).trainCommand,
  },
  evaluate: {
    summary: "answer a dataset's queries with a transformer and measure the error",
    load: async () => (await import('./evaluate.ts')).evaluateCommand,
  },
  merge: {
    summary: 'write a transformer with its adapter worked in as a Hugging Face folder',
    load: async () => (await import('./merge.ts')).mergeCommand,
  },
  benchmark: {
    summary: 'score a transformer on a benchmark’s files, beside floors and ceilings',
    load: async () => (await import('./benchmark.ts')).benchmarkCommand,
  },
  compare: {
    summary: 'compare people’s answers with those of programs and transformers',
    load: async () => (await import('./compare.ts')).compareCommand,
  },
  export: {
    summary: 'write a session’s answers as files for analysis, sharing or other tools',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  import: {
    summary: 'say what a file of answers holds, and write it as other commands read it',
    load: async () => (await import('./import.ts')).importCommand,
  },
  'study validate': {
    summary: 'check a study and run its programs',
    load: async () => (await import('./studyValidate.ts')).studyValidateCommand,
  },
  'study import': {
    summary: 'turn scenarios from CSV, JSON Lines or texts into items.jsonl',
    load: async () => (await import('./studyImport.ts')).studyImportCommand,
  },
  'study freeze': {
    summary: 'write a study as one immutable, hashed file',
    load: async () => (await import('./studyFreeze.ts')).studyFreezeCommand,
  },
  'study simulate': {
    summary: 'let simulated people answer a study',
    load: async () => (await import('./studySimulate.ts')).studySimulateCommand,
  },
  serve: {
    summary: 'open a workspace in the browser, on this machine only',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  app: {
    summary: 'open a workspace in the desktop application',
    load: async () => (await import('./app.ts')).appCommand,
  },
  doctor: {
    summary: 'say what this machine offers and whether a workspace is sound',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  restore: {
    summary: 'bring a damaged workspace back from its backups and its log',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
};
