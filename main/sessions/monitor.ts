/** The live monitor: where everybody of a session stands, without a single answer. */
import { cellName } from '../../engine/study/design.ts';
import { isFinal } from '../../engine/study/participantStates.ts';
import type { MonitorTile } from '../../shared/participation.ts';
import { listParticipants, listProgress, type Progress } from '../store/participants.ts';
import type { SessionContext } from './context.ts';
import { holdOf } from './place.ts';

/** A page says something every few seconds; after so long it counts as silent, and a person as idle. */
const SILENT_SECONDS = 30;
const IDLE_SECONDS = 120;

type Noted = {
  readonly failed: ReadonlySet<string>;
  readonly resumed: ReadonlySet<string>;
  readonly helped: ReadonlySet<string>;
};

function readNoted({ store }: SessionContext, sessionId: string): Noted {
  const ids = (sql: string): Set<string> => new Set(store.read.all<{ id: string }>(sql, sessionId).map(({ id }) => id));
  const select = 'SELECT DISTINCT participant_id AS id FROM event WHERE session_id = ? AND';
  return {
    failed: ids(`${select} type = 'check.attention' AND json_extract(detail, '$.isPassed') = 0`),
    resumed: ids(`${select} type = 'resumed'`),
    // Asked for help and not answered since.
    helped: ids(
      `SELECT participant_id AS id FROM event WHERE session_id = ? AND type IN ('help', 'help.answered')
       GROUP BY participant_id HAVING max(CASE type WHEN 'help' THEN event_seq ELSE 0 END) > max(CASE type WHEN 'help.answered' THEN event_seq ELSE 0 END)`,
    ),
  };
}

function flagsOf(
  progress: Progress,
  noted: Noted,
  seen: { heard: number | null; input: number | null; isHidden: boolean; waiting: number },
) {
  const { participantId } = progress;
  const isOver = isFinal(progress.state) || progress.state === 'invited';
  const flags: MonitorTile['flags'] = [];
  if (!isOver && (seen.heard === null || seen.heard > SILENT_SECONDS)) flags.push('silent');
  if (!isOver && seen.input !== null && seen.input > IDLE_SECONDS) flags.push('idle');
  if (!isOver && seen.isHidden) flags.push('away');
  if (noted.helped.has(participantId)) flags.push('help');
  if (noted.failed.has(participantId)) flags.push('failed-attention');
  if (seen.waiting > 0) flags.push('waiting-answers');
  if (noted.resumed.has(participantId)) flags.push('resumed');
  return flags;
}

/** One tile for each participant of a session, in the order they were added. */
export function monitorTiles(context: SessionContext, sessionId: string): MonitorTile[] {
  const { store, liveness } = context;
  const nowMs = store.clock.monotonicMs();
  const wallMs = store.clock.now().getTime();
  const labels = new Map(listParticipants(store, sessionId).map(({ participantId, label }) => [participantId, label]));
  const noted = readNoted(context, sessionId);
  return listProgress(store.read, sessionId).map((progress): MonitorTile => {
    const { participantId, state, seat, position, screens, cell, checkedInAt } = progress;
    const signs = liveness.of(participantId);
    const heard = signs ? (nowMs - signs.heardAtMs) / 1000 : null;
    const input = signs?.inputAtMs == null ? null : (nowMs - signs.inputAtMs) / 1000;
    const seen = { heard, input, isHidden: signs?.isHidden ?? false, waiting: signs?.waiting ?? 0 };
    return {
      participantId,
      label: labels.get(participantId) ?? '',
      seat,
      state,
      hold: holdOf(context, progress),
      index: position,
      total: state === 'invited' ? null : screens,
      activeSeconds: checkedInAt === null ? null : Math.max(0, (wallMs - Date.parse(checkedInAt)) / 1000),
      heardSeconds: heard,
      inputSeconds: input,
      cell: cell ? cellName(cell) : '',
      flags: flagsOf(progress, noted, seen),
    };
  });
}
