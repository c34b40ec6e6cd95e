/** One participant on the monitor: where they are, what stands out, and what can be done. Never what they answered. */
import { type FormEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonitorTile as Tile } from '../../../shared/participation.ts';
import { textOf } from '../../components/formValues.ts';
import { useResearcher } from '../../state/store.ts';

/** What a researcher adds to somebody's time at once. */
const EXTENSION_MINUTES = 15;

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
  const { t } = useTranslation('monitor');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="actions" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('acts', { label: tile.label })}</summary>
      {isOpen && <Acts tile={tile} />}
    </details>
  );
}

function Acts({ tile }: { readonly tile: Tile }) {
  const { t } = useTranslation('monitor');
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
          {isHeld ? t('act.resume') : t('act.pause')}
        </button>
        <button
          type="button"
          onClick={() => void control(participantId, { act: 'extend', minutes: EXTENSION_MINUTES })}
        >
          {t('act.extend', { minutes: EXTENSION_MINUTES })}
        </button>
        {flags.includes('help') && (
          <button type="button" onClick={() => void control(participantId, { act: 'answer-help' })}>
            {t('act.helped')}
          </button>
        )}
        <button
          type="button"
          className="is-danger"
          onClick={() => (isStopping ? void control(participantId, { act: 'stop' }) : setIsStopping(true))}
          onBlur={() => setIsStopping(false)}
        >
          {isStopping ? t('act.stopSure') : t('act.stop')}
        </button>
      </div>
      <form onSubmit={move}>
        <label>
          {t('seat')} <input name="seat" maxLength={40} defaultValue={tile.seat ?? ''} autoComplete="off" />
        </label>
        <button type="submit">{t('act.move')}</button>
      </form>
    </>
  );
}

/** Drawn anew only when something about the participant has changed: a session may have a thousand. */
export const MonitorTile = memo(DrawnTile, (a, b) => JSON.stringify(a.tile) === JSON.stringify(b.tile));

function DrawnTile({ tile }: { readonly tile: Tile }) {
  const { t } = useTranslation('monitor');
  const { label, seat, state, hold, index, total, inputSeconds, heardSeconds, activeSeconds, cell, flags } = tile;
  const isOver = OVER.has(state);
  const urgent = flags.some((flag) => flag === 'help' || flag === 'silent') || hold === 'resume-approval';
  return (
    <li className={`tile is-${isOver ? 'over' : urgent ? 'urgent' : 'under-way'}`}>
      <h2>
        {seat !== null && <span className="seat-name">{seat}</span>} {label}
      </h2>
      <p className="state-name">
        {t(`state.${state}`)}
        {hold !== null && `, ${t(`hold.${hold}`)}`}
      </p>
      {total !== null && (
        <p className="place">
          <progress max={total} value={index} aria-label={t('progress', { label })} /> {t('place', { index, total })}
        </p>
      )}
      <p className="facts">
        {activeSeconds === null ? t('notCheckedIn') : t('since', { age: ageText(activeSeconds) })}
        {!isOver && heardSeconds !== null && `, ${t('heard', { age: ageText(heardSeconds) })}`}
        {!isOver && inputSeconds !== null && `, ${t('input', { age: ageText(inputSeconds) })}`}
        {cell !== '' && cell !== 'all' && `, ${cell}`}
      </p>
      {flags.length > 0 && (
        <ul className="flags">
          {flags.map((flag) => (
            <li key={flag}>{t(`flag.${flag}`)}</li>
          ))}
        </ul>
      )}
      {!isOver && <Actions tile={tile} />}
    </li>
  );
}
