/**
 * The stand-in's main program: takes Electron's command line, opens the two debugging ports that Playwright waits for, starts Chromium,
 * makes the name `electron` mean the stand-in, and runs the application's entry. It proves neither real app:// origins nor the operating
 * system's sandbox, fuses, menus or structured cloning: those need Electron itself.
 */
import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { becomeReady, ending, exit } from './application.ts';
import { attachWindows } from './browserWindow.ts';
import { startChromium } from './chromium.ts';
import { connectDevtools } from './devtools.ts';
import { attachSessions } from './session.ts';

const standIn = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;

/** Electron's command line: modules to load first (`-r`), switches, the application's folder, its own arguments. */
function readArguments(args: readonly string[]): { preloaded: string[]; appFolder: string; isInspected: boolean } {
  const preloaded: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-r') preloaded.push(args[++i]);
    else if (!args[i].startsWith('-'))
      return { preloaded, appFolder: resolve(args[i]), isInspected: args.includes('--inspect=0') };
  }
  throw new Error('stand-in: no application folder on the command line');
}

const args = process.argv.slice(2);
const { preloaded, appFolder, isInspected } = readArguments(args);
process.argv = [join(import.meta.dirname, 'electron'), ...args];
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

// What tells Electron's main process from plain Node.
Object.defineProperty(process, 'type', { value: 'browser' });

// Prints `Debugger listening on …`, which Playwright waits for.
if (isInspected) inspector.open(0);
const chromium = startChromium();
ending.stop = chromium.stop;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => exit(0));

// The application's entry is loaded while Chromium starts; it opens windows only once it is told that it may.
const require = createRequire(import.meta.url);
for (const file of preloaded) require(file);
const { main } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
await import(pathToFileURL(join(appFolder, main)).href);

// An application that ends as it is loaded gets no windows.
if (ending.isUnderWay) await new Promise<never>(() => undefined);
const address = await chromium.address;
const devtools = await connectDevtools(address);
devtools.onClose(() => exit(1));
await attachSessions(devtools);
await attachWindows(devtools);
// Playwright goes on from here; what it loaded before the application now waits for it.
console.error(`DevTools listening on ${address}`);
becomeReady();
