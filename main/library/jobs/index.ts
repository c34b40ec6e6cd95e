/** Every kind of job, and the one sentence that lists show of it. */
import type { JobRequest } from '../../../shared/job.ts';
import type { RunJob } from '../jobTable.ts';
import { runAdapter } from './adapter.ts';
import { runBenchmarkJob } from './benchmark.ts';
import { runCompare } from './compare.ts';
import { runDataset } from './dataset.ts';
import { runEvaluate } from './evaluate.ts';
import { runExport } from './export.ts';
import { runGenerate } from './generate.ts';
import type { JobContext } from './jobContext.ts';
import { runPrograms } from './runPrograms.ts';
import { runScenarios } from './scenarios.ts';
import { runSimulate } from './simulate.ts';
import { runTrain } from './train.ts';
import { runWrite } from './write.ts';

/** What a request is for, in a few words. */
export function describeJob({ kind, input }: JobRequest): string {
  switch (kind) {
    case 'generate':
      return `Generate ${input.count} ${input.domain} scenarios`;
    case 'write':
      return `Let ${input.service.languageModel} write ${input.count} ${input.domain} scenarios`;
    case 'run':
      return 'ids' in input.scenarios && input.scenarios.ids.length === 1
        ? `Run ${input.scenarios.ids[0]}`
        : 'Run programs';
    case 'dataset':
      return `Build dataset ${input.name}`;
    case 'train':
      return `Train ${input.name}`;
    case 'adapter':
      return `Export adapter ${input.name}`;
    case 'evaluate':
      return `Evaluate ${input.name}`;
    case 'scenarios':
      return `Export scenarios ${input.name}`;
    case 'export':
      return `Export ${input.name}`;
    case 'simulate':
      return `Simulate ${input.participants} participants of ${input.title}`;
    case 'compare':
      return `Compare ${input.name}`;
    case 'benchmark':
      return `Benchmark ${input.name}`;
    default:
      throw kind satisfies never;
  }
}

/** Runs a request with what `context` offers. */
export const createJobRunner =
  (context: JobContext): RunJob =>
  ({ kind, input }, isResumed, control) => {
    switch (kind) {
      case 'generate':
        return runGenerate(context, input, control);
      case 'write':
        return runWrite(context, input, control);
      case 'run':
        return runPrograms(context, input, control);
      case 'dataset':
        return runDataset(context, input, control);
      case 'train':
        return runTrain(context, input, isResumed, control);
      case 'adapter':
        return runAdapter(context, input, control);
      case 'evaluate':
        return runEvaluate(context, input, control);
      case 'scenarios':
        return runScenarios(context, input, control);
      case 'export':
        return runExport(context, input, control);
      case 'simulate':
        return runSimulate(context, input, control);
      case 'compare':
        return runCompare(context, input, control);
      case 'benchmark':
        return runBenchmarkJob(context, input, control);
      default:
        throw kind satisfies never;
    }
  };
