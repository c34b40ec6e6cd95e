/** Study versions: immutable, named by the SHA-256 of their canonical JSON. */
import type { StudySummary } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import { type Stage, type Study, studySchema } from '../../shared/study.ts';
import { canonicalHash, canonicalJson } from './canonicalJson.ts';
import type { ReadHandle } from './database.ts';
import type { Act, Store } from './store.ts';

/** The id of a study's version: 64 hexadecimal digits, the same for the same content. */
export const versionIdOf = (study: Study): string => canonicalHash(study).toString('hex');

/** Keeps a study version; one that is there already is left as it is. Gives its id and whether it was new. */
export function importStudy(store: Store, study: Study, actor: Act['actor']): { versionId: string; isNew: boolean } {
  store.settle();
  const versionId = versionIdOf(study);
  const known = store.read.get('SELECT 1 FROM study_version WHERE version_id = ?', versionId);
  if (known !== undefined) return { versionId, isNew: false };
  store.record({ kind: 'study.imported', actor, versionId, study: canonicalJson(study) });
  return { versionId, isNew: true };
}

/** The study as it was imported. Throws a UserError for an unknown version. */
export function readStudy(read: ReadHandle, versionId: string): Study {
  const row = read.get<{ study: string }>('SELECT study FROM study_version WHERE version_id = ?', versionId);
  if (!row)
    throw new UserError(`no study version ${versionId}`, { hint: 'studies.list names the versions of this workspace' });
  return studySchema.parse(JSON.parse(row.study));
}

type SummaryRow = Omit<StudySummary, 'versionId' | 'hash' | 'participants'> & { readonly version_id: string };
type StageRow = { readonly version_id: string; readonly stage: Stage; readonly participants: number };

/** All versions, newest first, with participants by stage and the number of queries answered. */
export function listStudies(read: ReadHandle): StudySummary[] {
  const stages = new Map<string, Partial<Record<Stage, number>>>();
  const counted = read.all<StageRow>(
    `SELECT version_id, stage, count(*) AS participants FROM participant JOIN session USING (session_id) GROUP BY version_id, stage`,
  );
  for (const { version_id, stage, participants } of counted)
    stages.set(version_id, { ...stages.get(version_id), [stage]: participants });
  const rows = read.all<SummaryRow>(
    `SELECT version_id, slug, version, title, description, scenarios, queries,
       (SELECT count(*) FROM session JOIN response USING (session_id)
        WHERE session.version_id = study_version.version_id AND revision = 0) AS responses
     FROM study_version ORDER BY log_seq DESC`,
  );
  return rows.map(({ version_id, ...row }) => ({
    ...row,
    versionId: version_id,
    hash: version_id,
    participants: stages.get(version_id) ?? {},
  }));
}
