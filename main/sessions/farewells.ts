/** The last page of those whose data were erased: nothing of theirs is left in the store, so what their page needs is kept in memory. */
import { studyLocales } from '../../engine/study/studyTexts.ts';
import type { Place } from '../../shared/participation.ts';
import type { Study } from '../../shared/study.ts';
import type { Progress } from '../store/participants.ts';
import type { SessionContext } from './context.ts';

export type Farewells = {
  /** Remembers a participant who is about to be erased. */
  keep(progress: Progress): void;
  /** The last page of an erased participant; undefined for everybody else. */
  placeOf(participantId: string): Place | undefined;
};

type Gone = Pick<Progress, 'versionId' | 'stage'> & { readonly locale: string };

function lastPlace(study: Study, participantId: string, gone: Gone): Place {
  const node = study.timeline.find((one) => one.kind === 'end' && one.outcome === 'withdrawn');
  return {
    screen: {
      kind: 'end',
      outcome: 'withdrawn',
      title: node?.kind === 'end' ? node.title : study.title,
      body: node?.kind === 'end' ? node.body : '',
      completionCode: study.completion?.codes.withdrawn ?? null,
      redirect: null,
      withdrawalCode: null,
    },
    state: 'withdrawn',
    hold: null,
    index: 0,
    total: 0,
    nextClientSeq: 0,
    participantId,
    canGoBack: false,
    answers: [],
    locale: gone.locale || study.locale,
    study: { title: study.title, stage: gone.stage, hash: gone.versionId, locales: studyLocales(study) },
    comfort: null,
  };
}

/** After a restart only the tombstone is left, and the page is in the study's own language. */
function readTombstone({ store }: SessionContext, participantId: string): Gone | undefined {
  const row = store.read.get<Omit<Gone, 'locale'>>(
    `SELECT version_id AS versionId, stage FROM tombstone JOIN session USING (session_id) WHERE participant_id = ?`,
    participantId,
  );
  return row && { ...row, locale: '' };
}

export function createFarewells(context: SessionContext): Farewells {
  const kept = new Map<string, Gone>();
  return {
    keep: ({ participantId, versionId, stage, locale }) => void kept.set(participantId, { versionId, stage, locale }),
    placeOf: (participantId) => {
      const tombstone = readTombstone(context, participantId);
      const gone = tombstone && (kept.get(participantId) ?? tombstone);
      return gone && lastPlace(context.shelf.study(gone.versionId, gone.locale), participantId, gone);
    },
  };
}
