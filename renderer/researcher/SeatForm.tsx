/** Seats one participant in a study: a label, a stage, and the window or address they answer at. */
import { type FormEvent, useId } from 'react';
import { STAGE_LABELS } from '../components/StageBadge.tsx';
import type { SeatStage } from '../state/seatsSlice.ts';
import { useResearcher } from '../state/store.ts';

const SEAT_STAGES: readonly SeatStage[] = ['pilot', 'live', 'draft'];
const isSeatStage = (value: unknown): value is SeatStage => SEAT_STAGES.some((stage) => stage === value);

function Outcome({ versionId }: { readonly versionId: string }) {
  const seat = useResearcher((state) => state.seat);
  if (seat?.versionId !== versionId) return null;
  const { outcome } = seat;
  if (outcome.status === 'loading') return <p role="status">Seating…</p>;
  if (outcome.status === 'failed')
    return (
      <p role="alert" className="is-failed">
        {outcome.message}
      </p>
    );
  const { label, address } = outcome.value;
  if (address === null) return <p role="status">{label} has a window now.</p>;
  return (
    <p role="status">
      {label} answers at{' '}
      <a href={address} target="_blank" rel="noreferrer">
        this address
      </a>
      , which opens once.
    </p>
  );
}

export function SeatForm({ versionId }: { readonly versionId: string }) {
  const seatParticipant = useResearcher((state) => state.seatParticipant);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const stage = form.get('stage');
    const label = String(form.get('label')).trim();
    if (isSeatStage(stage) && label !== '') void seatParticipant({ versionId, stage, label });
  };
  return (
    <details className="seat">
      <summary>Seat a participant</summary>
      <form onSubmit={submit}>
        <label htmlFor={`${id}-label`}>Label</label>
        <input id={`${id}-label`} name="label" required maxLength={80} defaultValue="P1" autoComplete="off" />
        <label htmlFor={`${id}-stage`}>Stage</label>
        <select id={`${id}-stage`} name="stage" defaultValue="pilot">
          {SEAT_STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {STAGE_LABELS[stage]}
            </option>
          ))}
        </select>
        <button type="submit">Seat</button>
      </form>
      <Outcome versionId={versionId} />
    </details>
  );
}
