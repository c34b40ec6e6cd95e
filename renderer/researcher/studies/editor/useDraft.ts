/** What the tabs of the editor work with: the open draft's study, a way to change it, and the faults of a field. */
import { createContext, use } from 'react';
import type { OpenDraft } from '../../../../shared/draft.ts';
import type { Study } from '../../../../shared/study.ts';
import { useResearcher } from '../../../state/store.ts';
import { fieldPath } from './faultPlace.ts';

/** The draft whose editor is shown. */
export const DraftContext = createContext<OpenDraft | null>(null);

export type DraftTools = {
  readonly study: Study;
  /** Changes the study; `label` names the edit. */
  change(label: string, next: Study): void;
  /** What is wrong with the field of this path; undefined for nothing. */
  faultAt(path: string): string | undefined;
};

/** The draft of the editor around. */
export function useDraft(): DraftTools {
  const draft = use(DraftContext);
  const changeDraft = useResearcher((state) => state.changeDraft);
  if (!draft) throw new Error('internal: a field of a study outside its editor');
  return {
    study: draft.study,
    change: (label, next) => changeDraft(label, () => next),
    faultAt: (path) => draft.faults.find((fault) => fieldPath(fault) === path)?.problem,
  };
}
