/**
 * A desktop application that has only what runs programs: the inference pool over hidden windows. It runs the plans of a file, prints one
 * JSON line and ends. A plan may name another worker than the application's own, and send no content policy.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import type { InferOptions } from '../../../shared/posterior.ts';

export type WindowCase = { readonly name: string; readonly source: string; readonly options: InferOptions };
export type WindowPlan = {
  readonly cases: readonly WindowCase[];
  /** File of the worker's script; the application's own if absent. */
  readonly worker?: string;
  readonly hasPolicy: boolean;
};
export type WindowOutcome = {
  readonly name: string;
  readonly kind: string;
  readonly message: string;
  readonly seconds: number;
};

const dist = (path: string): string => pathToFileURL(join(import.meta.dirname, '../../../dist/main', path)).href;
const { registerScheme } = await import(dist('desktop/appProtocol.js'));
const { startProgramWindow } = await import(dist('desktop/programWindow.js'));
const { readProgramFiles, respondWith } = await import(dist('desktop/programFiles.js'));
const { createInferencePool } = await import(dist('processes/inferencePool.js'));

function respondFor({ worker, hasPolicy }: WindowPlan): (origin: string, request: Request) => Response {
  const files = readProgramFiles();
  const respond = respondWith(worker === undefined ? files : { ...files, worker: readFileSync(worker, 'utf8') });
  return (origin, request) => {
    const response: Response = respond(origin, request);
    if (!hasPolicy) response.headers.delete('Content-Security-Policy');
    return response;
  };
}

async function runPlan(plan: WindowPlan): Promise<WindowOutcome[]> {
  const respond = respondFor(plan);
  const pool = createInferencePool({ workers: 1, startProcess: () => startProgramWindow(respond) });
  const outcomes: WindowOutcome[] = [];
  for (const { name, source, options } of plan.cases) {
    const startedAt = performance.now();
    const outcome = await pool.run({ source, options }).then(
      (posterior: object) => ({ kind: 'result', message: JSON.stringify(posterior) }),
      (error: Error) => ({ kind: error.name, message: error.message }),
    );
    outcomes.push({ name, ...outcome, seconds: (performance.now() - startedAt) / 1000 });
  }
  await pool.stop();
  return outcomes;
}

registerScheme();
// Windows come and go; the application stays until its plans are done.
app.on('window-all-closed', () => undefined);
app.whenReady().then(async () => {
  const plans: WindowPlan[] = JSON.parse(readFileSync(process.env.CREDENCE_WINDOW_PLANS ?? '', 'utf8'));
  const results: WindowOutcome[][] = [];
  for (const plan of plans) results.push(await runPlan(plan));
  process.stdout.write(`${JSON.stringify(results)}\n`, () => app.exit(0));
});
