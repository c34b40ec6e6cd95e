/** One participant on the monitor: where they are, what stands out, and what can be done. Never what they answered. */
import { type FormEvent, memo, useState } from 'react';
import type { MonitorTile as Tile } from '../../../shared/participation.ts';
import { textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

/** Flags in words, those that need somebody first. */
const FLAG_TEXTS: Readonly<Record<Tile['flags'][number], string>> = {
  help: 'asks for help',
  silent: 'page not heard of',
  'waiting-answers': 'answers wait to be sent',
  idle: 'no input for a while',
  away: 'page is hidden',
  'failed-attention': 'failed an attention check',
  fast: 'answers very fast',
  resumed: 'came back after a break',
};

const HOLD_TEXTS: Readonly<Record<Exclude<Tile['hold'], null>, string>> = {
  gate: 'waits at the gate',
  paused: 'has paused',
  'paused-by-researcher': 'paused by you',
  'resume-approval': 'waits for you to let them go on',
};

const OVER: ReadonlySet<Tile['state']> = new Set([
  'completed',
  'declined',
  'screened-out',
  'failed-comprehension',
  'timed-out',
  'stopped',
  'withdrawn',
  'aborted',
]);

/** `12 s`, `3 min`, `2 h`. */
export function ageText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function Actions({ tile }: { readonly tile: Tile }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="actions" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>Actions for {tile.label}</summary>
      {isOpen && <Acts tile={tile} />}
    </details>
  );
}

function Acts({ tile }: { readonly tile: Tile }) {
  const control = useResearcher((state) => state.control);
  const [isStopping, setIsStopping] = useState(false);
  const { participantId, hold, flags } = tile;
  const isHeld = hold === 'paused-by-researcher' || hold === 'paused' || hold === 'resume-approval';
  const move = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const seat = textOf(new FormData(event.currentTarget), 'seat').trim();
    if (seat !== '') void control(participantId, { act: 'move', seat });
  };
  return (
    <>
      <div className="buttons">
        <button type="button" onClick={() => void control(participantId, { act: isHeld ? 'resume' : 'pause' })}>
          {isHeld ? 'Let go on' : 'Pause'}
        </button>
        <button type="button" onClick={() => void control(participantId, { act: 'extend', minutes: 15 })}>
          15 minutes more
        </button>
        {flags.includes('help') && (
          <button type="button" onClick={() => void control(participantId, { act: 'answer-help' })}>
            Help was given
          </button>
        )}
        <button
          type="button"
          className="is-danger"
          onClick={() => (isStopping ? void control(participantId, { act: 'stop' }) : setIsStopping(true))}
          onBlur={() => setIsStopping(false)}
        >
          {isStopping ? 'Press again to stop for good' : 'Stop'}
        </button>
      </div>
      <form onSubmit={move}>
        <label>
          Seat <input name="seat" maxLength={40} defaultValue={tile.seat ?? ''} autoComplete="off" />
        </label>
        <button type="submit">Move</button>
      </form>
    </>
  );
}

/** Drawn anew only when something about the participant has changed: a session may have a thousand. */
export const MonitorTile = memo(DrawnTile, (a, b) => JSON.stringify(a.tile) === JSON.stringify(b.tile));

function DrawnTile({ tile }: { readonly tile: Tile }) {
  const { label, seat, state, hold, index, total, inputSeconds, heardSeconds, activeSeconds, cell, flags } = tile;
  const isOver = OVER.has(state);
  const urgent = flags.some((flag) => flag === 'help' || flag === 'silent') || hold === 'resume-approval';
  return (
    <li className={`tile is-${isOver ? 'over' : urgent ? 'urgent' : 'under-way'}`}>
      <h2>
        {seat !== null && <span className="seat-name">{seat}</span>} {label}
      </h2>
      <p className="state-name">
        {state}
        {hold !== null && `, ${HOLD_TEXTS[hold]}`}
      </p>
      {total !== null && (
        <p className="place">
          <progress max={total} value={index} aria-label={`${label}: screens behind them`} /> {index} of {total}
        </p>
      )}
      <p className="facts">
        {activeSeconds === null ? 'not checked in' : `${ageText(activeSeconds)} since check-in`}
        {!isOver && heardSeconds !== null && `, heard ${ageText(heardSeconds)} ago`}
        {!isOver && inputSeconds !== null && `, input ${ageText(inputSeconds)} ago`}
        {cell !== '' && cell !== 'all' && `, ${cell}`}
      </p>
      {flags.length > 0 && (
        <ul className="flags">
          {flags.map((flag) => (
            <li key={flag}>{FLAG_TEXTS[flag]}</li>
          ))}
        </ul>
      )}
      {!isOver && <Actions tile={tile} />}
    </li>
  );
}
