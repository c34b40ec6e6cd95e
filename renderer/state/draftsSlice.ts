/**
 * The studies being written: their list, and the one that is open. A change shows at once and is saved a moment later, one save after
 * another; while the host cannot be reached it is kept here and tried again.
 */
import type { StateCreator } from 'zustand';
import type { ProcedureOutput } from '../../shared/api.ts';
import type { DraftComparison, DraftOrigin, DraftSummary, OpenDraft } from '../../shared/draft.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { Study } from '../../shared/study.ts';
import { call } from '../api.ts';
import { failed, LOADING, type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

/** `saved` all is on disk · `saving` a change is on its way · `waiting` the host does not answer · `refused` a change cannot be saved. */
export type DraftSaving = 'saved' | 'saving' | 'waiting' | 'refused';

export type DraftsSlice = {
  readonly drafts: Loadable<readonly DraftSummary[]>;
  readonly openDraft: Loadable<OpenDraft>;
  readonly draftSaving: DraftSaving;
  /** Why the last act on a draft was refused; null when it was not. */
  readonly draftProblem: string | null;
  /** The draft that was removed last, so that it can be brought back. */
  readonly removedDraft: DraftSummary | null;
  loadDrafts(): Promise<void>;
  /** Scenarios of the library that a draft can take up: the newest that a search finds, whatever the list's filter. */
  findScenarios(search: string, limit: number): Promise<ProcedureOutput<'library.scenarios'>>;
  /** Scenarios with all of their text, in the order of their ids. */
  readScenarios(ids: readonly string[]): Promise<Scenario[]>;
  /** Begins a draft and opens it. */
  createDraft(origin: NewDraft): Promise<void>;
  showDraft(draftId: string): Promise<void>;
  /** Changes the open draft; `label` names the edit for undo, and typing under one label is one edit. */
  changeDraft(label: string, change: (study: Study) => Study): void;
  undoDraft(): Promise<void>;
  redoDraft(): Promise<void>;
  removeDraft(draft: DraftSummary): Promise<void>;
  restoreDraft(): Promise<void>;
  /** What the open draft changes of its last frozen version, with everything typed so far. */
  compareDraft(): Promise<Loadable<DraftComparison>>;
  /** Freezes the open draft; gives the version's id, or null where it was refused (see `draftProblem`). */
  freezeDraft(version: string): Promise<string | null>;
};

/** From what a draft is begun; ids of scenarios as lists give them. */
export type NewDraft =
  | { readonly scenarioIds: readonly string[]; readonly title: string; readonly locale: 'en' | 'de' }
  | { readonly versionId: string };
type Pending = { readonly label: string; study: Study };
type Get = () => ResearcherState;
type SetState = (part: Partial<DraftsSlice>) => void;

const EVERYTHING = { search: '', domain: null, style: null, cell: null, source: null, verdict: null } as const;
const PAUSE_MS = 250;
const RETRY_MS = 2000;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Saves changes of the open draft one after another. */
function createSaver(set: SetState, get: Get, explain: (error: unknown) => void) {
  let queue: Pending[] = [];
  let working: Promise<void> | null = null;
  const saveFirst = async (): Promise<void> => {
    const open = get().openDraft;
    const [first] = queue;
    if (open.status !== 'ready' || !first) return;
    const { draftId, revision } = open.value;
    const saved = await call('drafts.save', { draftId, revision, label: first.label, study: first.study });
    queue = queue[0]?.study === first.study ? queue.slice(1) : queue;
    const now = get().openDraft;
    if (now.status === 'ready' && now.value.draftId === draftId)
      set({ openDraft: { status: 'ready', value: { ...now.value, ...saved } } });
  };
  const work = async (): Promise<void> => {
    set({ draftSaving: 'saving' });
    while (queue.length > 0)
      try {
        await saveFirst();
        set({ draftSaving: 'saving', draftProblem: null });
      } catch (error) {
        if (!(error instanceof TypeError)) {
          queue = [];
          explain(error);
          set({ draftSaving: 'refused' });
          return;
        }
        set({ draftSaving: 'waiting' });
        await wait(RETRY_MS);
      }
    set({ draftSaving: 'saved' });
  };
  const flush = (): Promise<void> => {
    working ??= work().finally(() => {
      working = null;
    });
    return working;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(label: string, study: Study): void {
      const last = queue.at(-1);
      if (last?.label === label) last.study = study;
      else queue.push({ label, study });
      set({ draftSaving: get().draftSaving === 'waiting' ? 'waiting' : 'saving' });
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), PAUSE_MS);
    },
    /** Resolves when everything is on disk. */
    async settle(): Promise<void> {
      clearTimeout(timer);
      if (queue.length > 0 || working) await flush();
    },
  };
}

export const createDraftsSlice: StateCreator<ResearcherState, [], [], DraftsSlice> = (set, get) => {
  const explain = (error: unknown): void => {
    const state = failed(error);
    set({ draftProblem: state.status === 'failed' ? `${state.message}${state.hint ? ` ${state.hint}` : ''}` : null });
  };
  const saver = createSaver(set, get, explain);
  const openId = (): string | null => {
    const { openDraft } = get();
    return openDraft.status === 'ready' ? openDraft.value.draftId : null;
  };
  /** Does something to the open draft once all is saved, and shows what it is then. */
  const exchange = async (act: 'drafts.undo' | 'drafts.redo'): Promise<void> => {
    await saver.settle();
    const draftId = openId();
    if (draftId !== null) set({ openDraft: await settle(call(act, { draftId })) });
  };
  return {
    drafts: LOADING,
    openDraft: LOADING,
    draftSaving: 'saved',
    draftProblem: null,
    removedDraft: null,
    async loadDrafts() {
      set({ drafts: await settle(call('drafts.list', {})) });
    },
    findScenarios: (search, limit) =>
      call('library.scenarios', { filter: { ...EVERYTHING, search }, offset: 0, limit }),
    readScenarios: (ids) =>
      Promise.all(ids.map(async (id) => (await call('library.read', { id: id as Scenario['id'] })).scenario)),
    async createDraft(origin) {
      try {
        const { draftId } = await call('drafts.create', origin as DraftOrigin);
        set({ draftProblem: null });
        get().go('studies', draftId);
      } catch (error) {
        explain(error);
      }
    },
    async showDraft(draftId) {
      if (openId() === draftId) return;
      await saver.settle();
      set({ openDraft: LOADING, draftProblem: null });
      const openDraft = await settle(call('drafts.read', { draftId }));
      if (get().route.item === draftId) set({ openDraft, draftSaving: 'saved' });
    },
    changeDraft(label, change) {
      const { openDraft } = get();
      if (openDraft.status !== 'ready') return;
      const study = change(openDraft.value.study);
      set({ openDraft: { status: 'ready', value: { ...openDraft.value, study } } });
      saver.add(label, study);
    },
    undoDraft: () => exchange('drafts.undo'),
    redoDraft: () => exchange('drafts.redo'),
    async removeDraft(draft) {
      await call('drafts.remove', { draftId: draft.draftId });
      set({ removedDraft: draft });
    },
    async restoreDraft() {
      const { removedDraft } = get();
      if (removedDraft) await call('drafts.restore', { draftId: removedDraft.draftId });
      set({ removedDraft: null });
    },
    async compareDraft() {
      await saver.settle();
      return settle(call('drafts.compare', { draftId: openId() ?? '' }));
    },
    async freezeDraft(version) {
      await saver.settle();
      const draftId = openId() ?? '';
      try {
        const { versionId } = await call('drafts.freeze', { draftId, version });
        set({ openDraft: await settle(call('drafts.read', { draftId })), draftProblem: null });
        return versionId;
      } catch (error) {
        explain(error);
        return null;
      }
    },
  };
};
