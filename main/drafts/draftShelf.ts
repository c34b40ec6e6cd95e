/**
 * Drafts of studies in the library's database, saved at every change. An edit keeps the text that is not the draft's now, so that undo and
 * redo are the same exchange; changes with one label that follow each other at once are one edit, so that typing is taken back as a whole.
 */
import { type DraftSummary, draftStudySchema, type OpenDraft } from '../../shared/draft.ts';
import { UserError } from '../../shared/errors.ts';
import type { EditState } from '../../shared/library.ts';
import type { Study } from '../../shared/study.ts';
import type { WriteHandle } from '../store/database.ts';
import { checkDraft, findDraftFaults } from './checkDraft.ts';

/** Edits of one draft that can be taken back; older ones are final. */
const KEPT_EDITS = 200;
/** Changes with one label belong together when they come so soon after each other. */
const TOGETHER_MS = 5000;

export type DraftChange = { readonly revision: number; readonly label: string; readonly study: Study };

export type DraftShelf = {
  /** The drafts that were not removed, the one changed last first. */
  list(): DraftSummary[];
  create(study: Study): OpenDraft;
  /** Throws UserError for an id that is not there, as all that follow do. */
  read(draftId: string): OpenDraft;
  /** Throws UserError where the draft was changed since `revision`, with nothing saved. */
  save(draftId: string, change: DraftChange): OpenDraft;
  undo(draftId: string): OpenDraft;
  redo(draftId: string): OpenDraft;
  remove(draftId: string): void;
  restore(draftId: string): OpenDraft;
};

type DraftRow = {
  readonly seq: number;
  readonly study: string;
  readonly revision: number;
  readonly faults: number;
  readonly updatedAt: string;
};
type EditRow = { readonly seq: number; readonly label: string; readonly other: string; readonly at: string };

const SELECT_DRAFT = 'SELECT draft_seq AS seq, study, revision, faults, updated_at AS updatedAt FROM draft';
const SELECT_EDIT = 'SELECT edit_seq AS seq, label, other, at FROM draft_edit';

const idOf = (seq: number): string => `draft-${seq}`;
const seqOf = (draftId: string): number => Number(draftId.slice('draft-'.length));
const parseDraft = (text: string): Study => draftStudySchema.parse(JSON.parse(text));

function readRow(write: WriteHandle, draftId: string): DraftRow {
  const row = write.get<DraftRow>(`${SELECT_DRAFT} WHERE draft_seq = ?`, seqOf(draftId));
  if (!row) throw new UserError(`no draft ${draftId}`, { hint: 'drafts.list names the drafts of this workspace' });
  return row;
}

const lastEdit = (write: WriteHandle, seq: number): EditRow | undefined =>
  write.get<EditRow>(`${SELECT_EDIT} WHERE draft_seq = ? AND is_undone = 0 ORDER BY edit_seq DESC LIMIT 1`, seq);
const nextRedo = (write: WriteHandle, seq: number): EditRow | undefined =>
  write.get<EditRow>(`${SELECT_EDIT} WHERE draft_seq = ? AND is_undone = 1 ORDER BY edit_seq LIMIT 1`, seq);

const editsOf = (write: WriteHandle, seq: number): EditState => ({
  undo: lastEdit(write, seq)?.label ?? null,
  redo: nextRedo(write, seq)?.label ?? null,
});

const put = (write: WriteHandle, seq: number, text: string, at: string): void =>
  void write.run(
    'UPDATE draft SET study = ?, revision = revision + 1, faults = ?, updated_at = ? WHERE draft_seq = ?',
    text,
    findDraftFaults(parseDraft(text)).length,
    at,
    seq,
  );

/** Notes what the draft was before a change, unless the change goes on with the last edit. */
function noteEdit(write: WriteHandle, row: DraftRow, label: string, at: string): void {
  const { seq } = row;
  const isRedoKept = nextRedo(write, seq) !== undefined;
  write.run('DELETE FROM draft_edit WHERE draft_seq = ? AND is_undone = 1', seq);
  const last = lastEdit(write, seq);
  if (!isRedoKept && last?.label === label && Date.parse(at) - Date.parse(last.at) < TOGETHER_MS) {
    write.run('UPDATE draft_edit SET at = ? WHERE edit_seq = ?', at, last.seq);
    return;
  }
  write.run(
    'INSERT INTO draft_edit (draft_seq, label, other, is_undone, at) VALUES (?, ?, ?, 0, ?)',
    seq,
    label,
    row.study,
    at,
  );
  write.run(
    `DELETE FROM draft_edit WHERE draft_seq = ? AND edit_seq NOT IN
       (SELECT edit_seq FROM draft_edit WHERE draft_seq = ? ORDER BY edit_seq DESC LIMIT ${KEPT_EDITS})`,
    seq,
    seq,
  );
}

function toSummary({ seq, study, faults, updatedAt }: DraftRow): DraftSummary {
  const { title, slug, version, scenarios } = parseDraft(study);
  return { draftId: idOf(seq), title, slug, version, scenarios: scenarios.length, faults, updatedAt };
}

/** The shelf over the library's open database. `onChange` is called after each change. */
export function createDraftShelf(write: WriteHandle, now: () => string, onChange: () => void): DraftShelf {
  const changing = <T>(work: () => T): T => {
    const result = write.transaction(work);
    onChange();
    return result;
  };
  const read = (draftId: string): OpenDraft => {
    const { seq, study: text, revision, updatedAt } = readRow(write, draftId);
    const study = parseDraft(text);
    return { draftId: idOf(seq), revision, updatedAt, edits: editsOf(write, seq), study, ...checkDraft(study) };
  };
  /** Exchanges the draft's text for what an edit keeps. */
  const exchange = (draftId: string, find: typeof lastEdit, isUndone: 0 | 1): OpenDraft =>
    changing(() => {
      const row = readRow(write, draftId);
      const edit = find(write, row.seq);
      if (edit) {
        write.run('UPDATE draft_edit SET other = ?, is_undone = ? WHERE edit_seq = ?', row.study, isUndone, edit.seq);
        put(write, row.seq, edit.other, now());
      }
      return read(draftId);
    });
  const setRemoved = (draftId: string, isRemoved: 0 | 1): void =>
    changing(() => {
      write.run('UPDATE draft SET is_removed = ? WHERE draft_seq = ?', isRemoved, readRow(write, draftId).seq);
    });
  return {
    list: () =>
      write
        .all<DraftRow>(`${SELECT_DRAFT} WHERE is_removed = 0 ORDER BY updated_at DESC, draft_seq DESC`)
        .map(toSummary),
    create: (study) =>
      changing(() => {
        const seq = (write.get<{ seq: number | null }>('SELECT max(draft_seq) AS seq FROM draft')?.seq ?? 0) + 1;
        write.run(
          'INSERT INTO draft (draft_seq, study, revision, faults, updated_at, is_removed) VALUES (?, ?, 0, ?, ?, 0)',
          seq,
          JSON.stringify(study),
          findDraftFaults(study).length,
          now(),
        );
        return read(idOf(seq));
      }),
    read,
    save: (draftId, { revision, label, study }) =>
      changing(() => {
        const row = readRow(write, draftId);
        if (row.revision !== revision)
          throw new UserError(`${draftId} was changed elsewhere: it is at revision ${row.revision}, not ${revision}`, {
            hint: 'is it open in another window? Reload this one to go on from there',
          });
        noteEdit(write, row, label, now());
        put(write, row.seq, JSON.stringify(study), now());
        return read(draftId);
      }),
    undo: (draftId) => exchange(draftId, lastEdit, 1),
    redo: (draftId) => exchange(draftId, nextRedo, 0),
    remove: (draftId) => setRemoved(draftId, 1),
    restore: (draftId) => {
      setRemoved(draftId, 0);
      return read(draftId);
    },
  };
}
