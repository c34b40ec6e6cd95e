/** From a draft to an immutable version: what it changes of the last one, and keeping it. */
import { studyChanges } from '../../engine/study/studyChanges.ts';
import type { StudySummary } from '../../shared/api.ts';
import type { DraftComparison } from '../../shared/draft.ts';
import { UserError } from '../../shared/errors.ts';
import { type Study, studySchema } from '../../shared/study.ts';
import type { Store } from '../store/store.ts';
import { importStudy, listStudies, readStudy, versionIdOf } from '../store/studyVersions.ts';
import { findDraftFaults } from './checkDraft.ts';

const versionsOf = (store: Store, slug: string): StudySummary[] =>
  listStudies(store.read).filter((version) => version.slug === slug);

/** What the draft changes of the last frozen version of its slug. */
export function compareDraft(store: Store, study: Study): DraftComparison {
  const [last] = versionsOf(store, study.slug);
  if (!last) return { against: null, changes: [] };
  const { versionId, version } = last;
  return { against: { versionId, version }, changes: studyChanges(readStudy(store.read, versionId), study) };
}

/** Throws a UserError that names the first fault of the draft. */
function refuseFaulty(study: Study): void {
  const faults = findDraftFaults(study);
  const [first] = faults;
  if (!first) return;
  throw new UserError(
    `${study.title || 'the draft'} cannot be frozen, it has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}: ${first.path}: ${first.problem}`,
    { ...(first.hint ? { hint: first.hint } : {}), location: { file: first.file, path: first.path } },
  );
}

/**
 * Keeps the draft as a version. Throws a UserError where it has faults, or where another version of the study has the same name; the same
 * content frozen again is the version it was.
 */
export function freezeDraft(store: Store, draft: Study): { versionId: string; isNew: boolean } {
  refuseFaulty(draft);
  const study = studySchema.parse(draft);
  const { slug, version } = study;
  const namesake = versionsOf(store, slug).find((known) => known.version === version);
  if (namesake && namesake.versionId !== versionIdOf(study))
    throw new UserError(`${slug} has a version ${version} already, with other content`, {
      hint: 'what is frozen is never replaced: give this version another name',
    });
  return importStudy(store, study, 'researcher');
}
