/**
 * The test command: typecheck, lint, import rule, unit tests, end-to-end tests in a real browser, each as its own process.
 * Runs every stage even after a failure and ends with one line `N passed, N failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { runTool } from './tool.ts';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

const reports = mkdtempSync(join(tmpdir(), 'credence-test-'));

function run(title: string, tool: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  console.log(`\n── ${title} ──`);
  const startedAt = performance.now();
  const isOk = runTool(tool, args, env) === 0;
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`── ${title}: ${isOk ? 'ok' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  return isOk;
}

const check = (title: string, tool: string, args: readonly string[]): Counts =>
  run(title, tool, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

/** Counts from a JSON report; a runner that failed without counting a failure counts as one. */
function counted(isOk: boolean, file: string, read: (report: Record<string, never>) => Counts): Counts {
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    console.log(`test: no report at ${file}`);
  }
  return isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function unitTests(): Counts {
  const file = join(reports, 'unit.json');
  const isOk = run('unit tests', 'vitest', [
    'run',
    '--config',
    'build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted(isOk, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  }));
}

function endToEndTests(): Counts {
  const file = join(reports, 'e2e.json');
  const chromium = findChromium();
  console.log(`\nend-to-end browser: ${chromium}`);
  const isOk = run(
    'end-to-end tests',
    'playwright',
    ['test', '--config', 'build/playwright.config.ts', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      CREDENCE_CHROMIUM: chromium,
    },
  );
  return counted(isOk, file, (report) => {
    const { expected, unexpected, flaky, skipped } = report.stats as Record<string, number>;
    return { passed: expected, failed: unexpected + flaky, skipped };
  });
}

const results = [
  check('typecheck', 'tsc', ['-p', '.']),
  check('lint', 'biome', ['check', '--config-path=build/lint.json', '.']),
  check('import rule', 'node', ['build/checkImports.ts']),
  unitTests(),
  endToEndTests(),
];
rmSync(reports, { recursive: true, force: true });
const sum = (key: keyof Counts): number => results.reduce((total, counts) => total + counts[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
