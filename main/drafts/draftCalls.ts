/** What answers the procedures on drafts. */
import { composeStudy } from '../../engine/study/starter/composeStudy.ts';
import type { Handlers } from '../../shared/api.ts';
import type { DraftOrigin } from '../../shared/draft.ts';
import type { Study } from '../../shared/study.ts';
import type { ScenarioLibrary } from '../library/scenarioLibrary.ts';
import type { Store } from '../store/store.ts';
import { readStudy } from '../store/studyVersions.ts';
import type { DraftShelf } from './draftShelf.ts';
import { compareDraft, freezeDraft } from './freezeDraft.ts';

export type DraftCallsOptions = {
  readonly store: Store;
  readonly drafts: DraftShelf;
  readonly scenarios: ScenarioLibrary;
  /** Called after a version was kept. */
  readonly onFreeze: () => void;
};

export type DraftCalls = Pick<Handlers, Extract<keyof Handlers, `drafts.${string}`>>;

function begin({ store, scenarios }: DraftCallsOptions, origin: DraftOrigin): Study {
  if ('versionId' in origin) return readStudy(store.read, origin.versionId);
  const { scenarioIds, ...options } = origin;
  return composeStudy([...scenarios.select({ ids: scenarioIds })], options);
}

/** The table of these procedures. */
export function createDraftCalls(options: DraftCallsOptions): DraftCalls {
  const { store, drafts, onFreeze } = options;
  return {
    'drafts.list': () => drafts.list(),
    'drafts.create': (origin) => drafts.create(begin(options, origin)),
    'drafts.read': ({ draftId }) => drafts.read(draftId),
    'drafts.save': ({ draftId, ...change }) => {
      const { study: _study, ...state } = drafts.save(draftId, change);
      return state;
    },
    'drafts.undo': ({ draftId }) => drafts.undo(draftId),
    'drafts.redo': ({ draftId }) => drafts.redo(draftId),
    'drafts.remove': ({ draftId }) => {
      drafts.remove(draftId);
      return {};
    },
    'drafts.restore': ({ draftId }) => drafts.restore(draftId),
    'drafts.compare': ({ draftId }) => compareDraft(store, drafts.read(draftId).study),
    'drafts.freeze': ({ draftId, version }) => {
      store.settle();
      const { study, revision } = drafts.read(draftId);
      const named = { ...study, version };
      const frozen = freezeDraft(store, named);
      if (version !== study.version) drafts.save(draftId, { revision, label: `Freeze as ${version}`, study: named });
      onFreeze();
      return frozen;
    },
  };
}
