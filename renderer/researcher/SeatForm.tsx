/** Seats one participant in a study: a label, a stage, and the window or address they answer at. */
import { type FormEvent, useId } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useStageName } from '../components/StageBadge.tsx';
import type { SeatStage } from '../state/seatsSlice.ts';
import { useResearcher } from '../state/store.ts';

const SEAT_STAGES: readonly SeatStage[] = ['pilot', 'live', 'draft'];
const isSeatStage = (value: unknown): value is SeatStage => SEAT_STAGES.some((stage) => stage === value);

function Outcome({ versionId }: { readonly versionId: string }) {
  const { t } = useTranslation('home');
  const seat = useResearcher((state) => state.seat);
  if (seat?.versionId !== versionId) return null;
  const { outcome } = seat;
  if (outcome.status === 'loading') return <p role="status">{t('seat.seating')}</p>;
  if (outcome.status === 'failed')
    return (
      <p role="alert" className="is-failed">
        {outcome.message}
      </p>
    );
  const { label, address } = outcome.value;
  if (address === null) return <p role="status">{t('seat.window', { label })}</p>;
  return (
    <p role="status">
      <Trans
        t={t}
        i18nKey="seat.address"
        values={{ label }}
        // biome-ignore lint/a11y/useAnchorContent: the translation puts the words into the link
        components={{ address: <a href={address} target="_blank" rel="noreferrer" /> }}
      />
    </p>
  );
}

export function SeatForm({ versionId }: { readonly versionId: string }) {
  const { t } = useTranslation('home');
  const stageName = useStageName();
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
      <summary>{t('seat.title')}</summary>
      <form onSubmit={submit}>
        <label htmlFor={`${id}-label`}>{t('seat.label')}</label>
        <input id={`${id}-label`} name="label" required maxLength={80} defaultValue="P1" autoComplete="off" />
        <label htmlFor={`${id}-stage`}>{t('seat.stage')}</label>
        <select id={`${id}-stage`} name="stage" defaultValue="pilot">
          {SEAT_STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {stageName(stage)}
            </option>
          ))}
        </select>
        <button type="submit">{t('seat.submit')}</button>
      </form>
      <Outcome versionId={versionId} />
    </details>
  );
}
