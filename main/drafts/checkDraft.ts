/** The linter of drafts: whether the form is a study's, then whether the study can be run, and what should be looked at. */
import { findStudyAdvice, findStudyFaults } from '../../engine/study/check/checkStudy.ts';
import { studyMinutes } from '../../engine/study/studyMinutes.ts';
import type { DraftFault, DraftState } from '../../shared/draft.ts';
import { type Study, studySchema } from '../../shared/study.ts';

/** A path of keys and indices as faults write it: `timeline[3].order`. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

/** Everything that keeps the draft from being frozen; empty for a study that can be run. */
export function findDraftFaults(study: Study): DraftFault[] {
  const parsed = studySchema.safeParse(study);
  if (parsed.success) return findStudyFaults(parsed.data).map((fault) => ({ ...fault }));
  return parsed.error.issues.map(({ path, message }) => {
    const [first, ...rest] = path;
    return first === 'scenarios'
      ? { file: 'items.jsonl', path: pathText(rest), problem: message }
      : { file: 'study.json', path: pathText(path), problem: message };
  });
}

/** Faults, advice and length of a draft. Advice waits until the form is right. */
export function checkDraft(study: Study): Pick<DraftState, 'faults' | 'advice' | 'minutes'> {
  const faults = findDraftFaults(study);
  const hasForm = studySchema.safeParse(study).success;
  return { faults, advice: hasForm ? findStudyAdvice(study) : [], minutes: hasForm ? studyMinutes(study) : 0 };
}
