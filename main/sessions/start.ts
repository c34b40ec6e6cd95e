/** Check-in: who comes gets a cell of the design and a resolved sequence, durable before the first screen is shown. */
import { allocate, type CellFill, countFill } from '../../engine/study/allocate.ts';
import { cellName, cellsOf } from '../../engine/study/design.ts';
import { resolveSequence } from '../../engine/study/resolveSequence.ts';
import { studyLocales } from '../../engine/study/studyTexts.ts';
import { UserError } from '../../shared/errors.ts';
import type { CheckIn } from '../../shared/participation.ts';
import type { Stage, Study } from '../../shared/study.ts';
import { canonicalJson } from '../store/canonicalJson.ts';
import { readExtensions } from '../store/extensions.ts';
import {
  listOccupants,
  listParticipants,
  type Progress,
  readIdentity,
  startParticipant,
} from '../store/participants.ts';
import { nextClientSeq } from '../store/responses.ts';
import type { Act } from '../store/store.ts';
import { createWithdrawalCode, hashWithdrawalCode } from './codes.ts';
import type { SessionContext } from './context.ts';

const DEFAULT_RESERVE_MINUTES = 60;

/** How the cells of a study version are filled now, over all sessions of one stage. */
export function fillOf(context: SessionContext, versionId: string, stage: Stage): CellFill[] {
  const { store, shelf, liveness } = context;
  const study = shelf.study(versionId);
  const nowMs = store.clock.now().getTime();
  const sinceMs = store.clock.monotonicMs();
  const extensions = readExtensions(store.read, versionId, stage);
  const occupants = listOccupants(store.read, versionId, stage).map(({ participantId, cell, state, changedAt }) => {
    const signs = liveness.of(participantId);
    const heardAtMs = Math.max(Date.parse(changedAt), signs ? nowMs - (sinceMs - signs.heardAtMs) : 0);
    const extendedMs = extensions.get(participantId)?.untilMs ?? 0;
    return { cell: cell ? cellName(cell) : '', state, heardAtMs: Math.max(heardAtMs, extendedMs) };
  });
  const reserveMs = 60_000 * (study.design?.assignment?.reserveMinutes ?? DEFAULT_RESERVE_MINUTES);
  return countFill(cellsOf(study), occupants, { nowMs, reserveMs });
}

/** Throws a UserError when somebody of the session gave this label before, unless they say that they come again. */
function refuseKnownLabel(context: SessionContext, progress: Progress, { label, isNewVisit }: CheckIn): void {
  if (label === undefined || isNewVisit) return;
  const wanted = label.trim().toLowerCase();
  const isKnown = listParticipants(context.store, progress.sessionId).some(
    ({ participantId }) =>
      participantId !== progress.participantId &&
      readIdentity(context.store, participantId)?.label?.trim().toLowerCase() === wanted,
  );
  if (isKnown)
    throw new UserError(`the label "${label}" was used in this session already`, {
      hint: 'is it a typing slip? If the same person comes again, say that this is a new visit',
    });
}

function checkLocale(study: Study, locale: string): void {
  const locales = studyLocales(study);
  if (!locales.includes(locale))
    throw new UserError(`this study is not offered in "${locale}"`, { hint: `it is offered in ${locales.join(', ')}` });
}

/** A second check-in: only the language may change, and only before anything was answered. */
function checkInAgain({ store }: SessionContext, { participantId, locale }: Progress, checkIn: CheckIn): void {
  if (locale === checkIn.locale || nextClientSeq(store.read, participantId) > 0) return;
  store.record({
    kind: 'participation.changed',
    actor: 'participant',
    participantId,
    locale: checkIn.locale,
    events: [{ type: 'locale', detail: { locale: checkIn.locale } }],
  });
}

/** Starts a participation. Starting again changes nothing but the language. Throws a UserError for a language or label that cannot be. */
export function checkIn(context: SessionContext, participantId: string, input: CheckIn, actor: Act['actor']): void {
  const { store, shelf } = context;
  store.settle();
  const { progress } = context.seat(participantId);
  const study = shelf.study(progress.versionId);
  checkLocale(study, input.locale);
  if (progress.state !== 'invited') {
    checkInAgain(context, progress, input);
    return;
  }
  refuseKnownLabel(context, progress, input);
  const random = context.randomOf(progress);
  const fill = fillOf(context, progress.versionId, progress.stage);
  const method = study.design?.assignment?.method ?? 'least-filled';
  const cell = allocate(random.split('assignment'), cellsOf(study), fill, method);
  const { label, recruiter, comfort, device } = input;
  const withdrawalCode = createWithdrawalCode();
  startParticipant(store, participantId, {
    locale: input.locale,
    cell,
    sequence: resolveSequence(random, study, cell),
    identity: {
      ...(label === undefined ? {} : { label }),
      ...(recruiter ? { recruiter } : {}),
      ...(comfort ? { comfort } : {}),
      ...(device ? { device } : {}),
      withdrawalCode,
    },
    withdrawalHash: hashWithdrawalCode(withdrawalCode),
    actor,
  });
  context.onChange();
}

/** Whether a participation starts as soon as it is made: there is nothing to ask at check-in. */
export const startsAtOnce = (study: Study): boolean => study.checkIn === undefined && studyLocales(study).length === 1;

/** Whether the sequence of a participant, resolved again from their stream and cell, is the stored one, place by place. */
export function isSequenceRemade(context: SessionContext, participantId: string): boolean {
  const { progress, screens } = context.seat(participantId);
  if (!progress.cell) return false;
  const remade = resolveSequence(context.randomOf(progress), context.shelf.study(progress.versionId), progress.cell);
  return canonicalJson(remade) === canonicalJson(screens);
}
