/** Drafts of studies over a real host: begun from scenarios, saved at every change, taken back, linted, frozen, compared. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host } from '../../../main/host.ts';
import type { OpenDraft } from '../../../shared/draft.ts';
import type { Study } from '../../../shared/study.ts';
import { someScenarios } from '../library/openTestLibrary.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const researcher = { role: 'researcher' } as const;
let root: string;
let host: Host;
const open = (): Promise<Host> =>
  createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });

beforeEach(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'drafts-'));
  host = await open();
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true, force: true });
});

async function begin(title = 'Three stories'): Promise<OpenDraft> {
  const scenarios = someScenarios(3);
  const text = scenarios.map((scenario) => JSON.stringify(scenario)).join('\n');
  await host.handlers['library.import']({ text }, researcher);
  return host.handlers['drafts.create'](
    { scenarioIds: scenarios.map(({ id }) => id), title, locale: 'en' },
    researcher,
  );
}
const read = (draftId: string) => host.handlers['drafts.read']({ draftId }, researcher);
const save = async (draftId: string, label: string, change: Partial<Study>) => {
  const { study, revision } = await read(draftId);
  return host.handlers['drafts.save']({ draftId, revision, label, study: { ...study, ...change } }, researcher);
};

describe('a draft', () => {
  it('is a whole study of the chosen scenarios, and there again after a restart', async () => {
    const { draftId, study, faults, minutes } = await begin();
    expect(faults).toEqual([]);
    expect(minutes).toBeGreaterThan(1);
    expect(study.scenarios.map(({ id }) => id)).toEqual(someScenarios(3).map(({ id }) => id));
    await save(draftId, 'Edit title', { title: 'Kept' });
    await host.close();
    host = await open();
    expect((await read(draftId)).study).toEqual({ ...study, title: 'Kept' });
    expect(await host.handlers['drafts.list']({}, researcher)).toMatchObject([
      { draftId, title: 'Kept', slug: 'three-stories', version: '1.0.0', scenarios: 3, faults: 0 },
    ]);
  });

  it('takes back typing as one edit, other changes one by one, and puts them in again', async () => {
    const { draftId, study } = await begin();
    for (const title of ['A', 'AB', 'ABC']) await save(draftId, 'Edit title', { title });
    const state = await save(draftId, 'Edit description', { description: 'Other' });
    expect(state.edits).toEqual({ undo: 'Edit description', redo: null });
    const undo = () => host.handlers['drafts.undo']({ draftId }, researcher);
    expect(await undo()).toMatchObject({ study: { title: 'ABC', description: study.description } });
    const start = await undo();
    expect(start.study).toEqual(study);
    expect(start.edits).toEqual({ undo: null, redo: 'Edit title' });
    const again = await host.handlers['drafts.redo']({ draftId }, researcher);
    expect(again.study.title).toBe('ABC');
    const other = await save(draftId, 'Edit title', { title: 'Otherwise' });
    expect(other.edits).toEqual({ undo: 'Edit title', redo: null });
    expect((await undo()).study.title).toBe('ABC');
  });

  it('keeps what is unfinished and says what is wrong with it, with its place', async () => {
    const { draftId, study } = await begin();
    const blank = await save(draftId, 'Edit title', { title: '' });
    expect(blank.faults).toMatchObject([{ file: 'study.json', path: 'title' }]);
    const [scenario, ...others] = study.scenarios;
    const nameless = await save(draftId, 'Edit scenario', {
      title: 'Titled',
      scenarios: [{ ...scenario, background: '' }, ...others],
    });
    expect(nameless.faults).toMatchObject([{ file: 'items.jsonl', path: '[0].background' }]);
    const missing = await save(draftId, 'Remove scenario', { scenarios: others });
    expect(missing.faults).toMatchObject([
      {
        file: 'study.json',
        path: 'timeline[4].scenarioIds[0]',
        problem: `items.jsonl has no scenario "${scenario.id}"`,
      },
    ]);
    await expect(async () => host.handlers['drafts.freeze']({ draftId, version: '1.0.0' }, researcher)).rejects.toThrow(
      /Titled cannot be frozen, it has 1 fault: timeline\[4\]\.scenarioIds\[0\]/,
    );
  });

  it('refuses to save over a change made elsewhere', async () => {
    const { draftId, study } = await begin();
    await save(draftId, 'Edit title', { title: 'First' });
    expect(() => host.handlers['drafts.save']({ draftId, revision: 0, label: 'Late', study }, researcher)).toThrow(
      'draft-1 was changed elsewhere: it is at revision 1, not 0',
    );
    expect((await read(draftId)).study.title).toBe('First');
    expect(() => host.handlers['drafts.read']({ draftId: 'draft-9' }, researcher)).toThrow('no draft draft-9');
  });

  it('is removed from the list and can be brought back', async () => {
    const { draftId } = await begin();
    await host.handlers['drafts.remove']({ draftId }, researcher);
    expect(await host.handlers['drafts.list']({}, researcher)).toEqual([]);
    await host.handlers['drafts.restore']({ draftId }, researcher);
    expect(await host.handlers['drafts.list']({}, researcher)).toHaveLength(1);
  });
});

describe('freezing', () => {
  const freeze = async (draftId: string, version: string) =>
    host.handlers['drafts.freeze']({ draftId, version }, researcher);

  it('keeps an immutable version, the same for the same content', async () => {
    const { draftId, study } = await begin();
    expect(await host.handlers['drafts.compare']({ draftId }, researcher)).toEqual({ against: null, changes: [] });
    const { versionId, isNew } = await freeze(draftId, '1.0.0');
    expect(isNew).toBe(true);
    expect(await host.handlers['studies.read']({ versionId }, researcher)).toEqual(study);
    expect(await freeze(draftId, '1.0.0')).toEqual({ versionId, isNew: false });
  });

  it('shows what the next version changes, and refuses the name of another', async () => {
    const { draftId } = await begin();
    const first = await freeze(draftId, '1.0.0');
    await save(draftId, 'Edit description', { description: 'Now shorter.' });
    expect(await host.handlers['drafts.compare']({ draftId }, researcher)).toMatchObject({
      against: { versionId: first.versionId, version: '1.0.0' },
      changes: [{ path: 'description', kind: 'changed', after: 'Now shorter.' }],
    });
    await expect(freeze(draftId, '1.0.0')).rejects.toThrow('three-stories has a version 1.0.0 already');
    const second = await freeze(draftId, '1.1.0');
    expect(second.versionId).not.toBe(first.versionId);
    expect((await read(draftId)).study.version).toBe('1.1.0');
    const versions = await host.handlers['studies.list']({}, researcher);
    expect(versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    const copy = await host.handlers['drafts.create']({ versionId: first.versionId }, researcher);
    expect(copy.study.version).toBe('1.0.0');
  });
});
