/** The small workspace whose screens are looked at: everything that a screen can show is in it once, made from fixed seeds. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createHost } from '../../main/host.ts';
import { comparedWorkspace } from '../comparedWorkspace.ts';
import { expectDone, openScreen } from '../e2e/researcherActs.ts';
import { compareAndKeepFigure, freezeStudy, makeStudy, setUpSession } from '../e2e/studyActs.ts';
import { openSurface, ROOT, type Surface } from '../e2e/surface.ts';
import { buildDataset, evaluate, generate, runOne, train } from '../e2e/workbenchActs.ts';
import { emptyWorkspace } from '../e2e/workspaces.ts';
import { sampleReport } from '../engine/figures/sampleReport.ts';

async function addReport(workspace: string): Promise<void> {
  const host = await createHost({ workspace, mode: 'headless' });
  host.addReport(sampleReport(), '<!doctype html><title>sample</title>');
  await host.close();
}

/** A second run, so that two can be compared. */
async function trainAgain(page: Page): Promise<void> {
  await openScreen(page, 'Training');
  await page.getByRole('link', { name: 'Train…' }).click();
  await page.getByLabel('Name').fill('run-b');
  await page.getByLabel('Steps an epoch').fill('2');
  await page.getByLabel('Most epochs').fill('2');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expectDone(page, 'Train run-b');
}

async function askBenchmark(page: Page, workspace: string): Promise<void> {
  const folder = join(workspace, 'benchmark-files');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(ROOT, 'test/fixtures/benchmarks/mmlu.parquet'), join(folder, 'mmlu.parquet'));
  await openScreen(page, 'Benchmarks');
  await page.getByRole('link', { name: 'Run…' }).click();
  await page.getByRole('button', { name: 'Look again for files' }).click();
  await page.getByRole('group', { name: 'Files', exact: true }).getByRole('checkbox').check();
  await page.getByLabel('Benchmark', { exact: true }).selectOption('mmlu');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /^benchmark-1\s*mmlu/ }).click({ timeout: 150_000 });
}

async function fill(surface: Surface): Promise<void> {
  const { page, workspace } = surface;
  await page.setViewportSize({ width: 1280, height: 800 });
  await generate(page);
  await runOne(page);
  await buildDataset(page);
  await train(page);
  await trainAgain(page);
  await evaluate(page);
  await makeStudy(page, 'Three stories');
  await freezeStudy(page);
  await setUpSession(page);
  await makeStudy(page, 'A draft');
  await compareAndKeepFigure(surface, 'people');
  await askBenchmark(page, workspace);
}

/** Opens the filled workspace in browser mode. Where CREDENCE_LOOKS_WORKSPACE names a folder, it is made there once and used again. */
export async function openFilled(): Promise<Surface> {
  const kept = process.env.CREDENCE_LOOKS_WORKSPACE;
  if (kept && existsSync(kept)) return openSurface('browser', kept);
  const workspace = kept ?? emptyWorkspace();
  await comparedWorkspace(workspace);
  await addReport(workspace);
  const surface = await openSurface('browser', workspace);
  surface.page.setDefaultTimeout(30_000);
  await fill(surface);
  await surface.page.reload();
  return surface;
}
