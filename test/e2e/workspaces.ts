/** Workspaces for the end-to-end tests, made through the host itself. */
import { join } from 'node:path';
import { createHost } from '../../main/host.ts';
import { sampleReport } from '../engine/figures/sampleReport.ts';
import { tourStudy } from '../renderer/participant/tourStudy.ts';
import { scratchFolder } from '../scratch.ts';

/** The title of the report a full workspace holds. */
export const REPORT_TITLE = sampleReport().title;

const newFolder = (): string => join(scratchFolder(), 'lab');

/** A folder that no workspace was made in yet. */
export const emptyWorkspace = newFolder;

/** A workspace with the bundled study, three simulated participants in it, and a report. */
export async function fullWorkspace(): Promise<string> {
  const workspace = newFolder();
  const host = await createHost({ workspace, mode: 'headless' });
  const researcher = { role: 'researcher' } as const;
  const studies = await host.handlers['studies.list']({}, researcher);
  const study = studies.find(({ slug }) => slug === 'field-day') ?? studies[0];
  const { sessionId } = await host.handlers['sessions.open'](
    { versionId: study.versionId, stage: 'simulated', seed: 7 },
    researcher,
  );
  for (const label of ['noisy posterior', 'careless', 'anchored'])
    await host.handlers['sessions.addParticipant']({ sessionId, label }, researcher);
  host.addReport(sampleReport(), '<!doctype html><title>sample</title>');
  await host.close();
  return workspace;
}

/** A workspace with the bundled studies and one of every screen and widget. */
export async function tourWorkspace(): Promise<string> {
  const workspace = newFolder();
  const host = await createHost({ workspace, mode: 'headless' });
  host.importStudy(tourStudy());
  await host.close();
  return workspace;
}
