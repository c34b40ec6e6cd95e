/** One participant on the monitor: where they are, when they were last heard of, what to look at, and what can be done. */
import type { MonitorTile } from '../../../shared/participation.ts';
import type { Control } from '../../state/sessionsSlice.ts';
import { useResearcher } from '../../state/store.ts';

type Flag = MonitorTile['flags'][number];

const FLAG_TEXTS: Readonly<Record<Flag, string>> = {
  silent: 'not heard of',
  idle: 'no input',
  away: 'looks away',
  help: 'asks for help',
  'failed-attention': 'failed an attention check',
  'waiting-answers': 'answers wait to be stored',
  fast: 'very fast',
  resumed: 'came back',
};
const HOLD_TEXTS: Readonly<Record<NonNullable<MonitorTile['hold']>, string>> = {
  gate: 'waits at the start gate',
  paused: 'paused',
  'paused-by-researcher': 'paused by you',
  'resume-approval': 'waits for your word to go on',
};
const EXTRA_MINUTES = 10;

/** `4 s ago`, `3 min ago`, `never`. */
function agoText(seconds: number | null): string {
  if (seconds === null) return 'never';
  return seconds < 90 ? `${Math.round(seconds)} s ago` : `${Math.round(seconds / 60)} min ago`;
}

/** What makes sense in this state. */
function actsOf({ state, hold, flags }: MonitorTile): { readonly act: Control['act']; readonly label: string }[] {
  const isActive = ['checked-in', 'consented', 'running', 'paused'].includes(state);
  if (!isActive) return [];
  return [
    hold === 'paused-by-researcher' || hold === 'paused'
      ? { act: 'resume', label: 'Let go on' }
      : { act: 'pause', label: 'Pause' },
    ...(hold === 'resume-approval' ? [{ act: 'approve-resume', label: 'Approve' } as const] : []),
    ...(flags.includes('help') ? [{ act: 'answer-help', label: 'Help given' } as const] : []),
    { act: 'extend', label: `+${EXTRA_MINUTES} min` },
    { act: 'stop', label: 'Stop' },
  ];
}

export function MonitorTileCard({ sessionId, tile }: { readonly sessionId: string; readonly tile: MonitorTile }) {
  const control = useResearcher((state) => state.control);
  const { participantId, label, seat, state, hold, index, total, flags } = tile;
  const run = (act: Control['act']): void =>
    void control(sessionId, { participantId, act, ...(act === 'extend' ? { minutes: EXTRA_MINUTES } : {}) });
  return (
    <article className={`tile is-${state}`} aria-label={label}>
      <h3>
        {label} {seat !== null && <span className="facts">seat {seat}</span>}
      </h3>
      <p>
        {state}
        {hold !== null && `, ${HOLD_TEXTS[hold]}`}
      </p>
      {total !== null && (
        <>
          <progress aria-label={`${label}: screens done`} value={index} max={total} />
          <p className="facts">
            {index} of {total} screens
          </p>
        </>
      )}
      <p className="facts">
        last input {agoText(tile.inputSeconds)} · heard {agoText(tile.heardSeconds)}
      </p>
      {flags.length > 0 && (
        <p>
          {flags.map((flag) => (
            <span key={flag} className="badge is-flag">
              {FLAG_TEXTS[flag]}
            </span>
          ))}
        </p>
      )}
      <p className="actions">
        {actsOf(tile).map(({ act, label: words }) => (
          <button key={act} type="button" aria-label={`${words}: ${label}`} onClick={() => run(act)}>
            {words}
          </button>
        ))}
      </p>
    </article>
  );
}
