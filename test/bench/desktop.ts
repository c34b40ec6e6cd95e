/**
 * `npm run bench:desktop [starts]`: from the start of the application to its window and to its first usable screen, and a call's round
 * trip from the page through the router to a handler and back, with the router's own part of it.
 */
import { loadavg } from 'node:os';
import { _electron as electron } from '@playwright/test';
import { createRouter } from '../../main/ipc/router.ts';
import { desktopEnvironment, ROOT, STAND_IN } from '../e2e/surface.ts';
import { fullWorkspace } from '../e2e/workspaces.ts';
import { createExampleHandlers } from '../main/ipc/exampleHandlers.ts';

const [starts = 5] = process.argv.slice(2).map(Number);
const CALLS = 300;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(desktopEnvironment()).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );

type Start = { readonly windowMs: number; readonly usableMs: number; readonly callMs: number };

/** One start: when its window was there, when its library could be used, and the median round trip. */
async function start(workspace: string): Promise<Start> {
  const startedAt = performance.now();
  const application = await electron.launch({
    args: [ROOT, `--workspace=${workspace}`],
    env: environment(),
  });
  const page = await application.firstWindow();
  const windowMs = performance.now() - startedAt;
  await page.getByText('Seat a participant').first().waitFor();
  const usableMs = performance.now() - startedAt;
  const times = await page.evaluate(async (calls) => {
    const measured: number[] = [];
    for (let i = 0; i < calls; i++) {
      const before = performance.now();
      await window.credence?.['app.info']?.({});
      measured.push(performance.now() - before);
      // Within the rate a page may call at.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return measured;
  }, CALLS);
  await application.close();
  return { windowMs, usableMs, callMs: median(times) };
}

/** What the router itself takes of a round trip: all its checks and an example's handler. */
async function routerMs(): Promise<number> {
  const { handlers } = createExampleHandlers();
  const router = createRouter(
    { ...handlers, 'stations.open': () => ({ address: null }) },
    { log: () => undefined, nowMs: () => 1e9 * performance.now() },
  );
  const sender = {
    id: 'bench',
    caller: { role: 'researcher' },
    origin: 'app://researcher',
    expectedOrigin: 'app://researcher',
    isMainFrame: true,
  } as const;
  const times: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const before = performance.now();
    const reply = await router.call('app.info', {}, sender);
    times.push(performance.now() - before);
    if (!reply.ok) throw new Error(reply.error.message);
  }
  return median(times);
}

process.env.ELECTRON_OVERRIDE_DIST_PATH ??= STAND_IN;
const workspace = await fullWorkspace();
const measured: Start[] = [];
for (let i = 0; i < starts; i++) measured.push(await start(workspace));
const of = (key: keyof Start): number => median(measured.map((each) => each[key]));
console.log(
  `window ${of('windowMs').toFixed(0)} ms, first usable screen ${of('usableMs').toFixed(0)} ms (medians of ${starts})`,
);
console.log(`round trip ${of('callMs').toFixed(2)} ms, of it the router ${(await routerMs()).toFixed(3)} ms`);
console.log(`load ${loadavg()[0].toFixed(1)}`);
