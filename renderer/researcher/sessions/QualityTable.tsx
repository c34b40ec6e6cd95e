/** The quality of a session: what rules point at, participant by participant, and taking somebody out of the analysis and in again. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityFlag, QualityRow } from '../../../shared/quality.ts';
import { textOf } from '../../components/formValues.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';

/** A flag's finding in the unit of its rule. */
function useFinding(): (flag: QualityFlag) => string {
  const { t } = useTranslation('studies');
  const { decimal } = useWording();
  return ({ rule, value }) => {
    if (rule === 'unfinished') return t('flag.unfinished');
    if (rule === 'failed-attention') return t('flag.failed-attention', { count: value });
    if (rule === 'fast') return t('flag.fast', { seconds: decimal(value) });
    return t(`flag.${rule}`, { percent: Math.round(100 * value) });
  };
}

function Exclusion({ row }: { readonly row: QualityRow }) {
  const { t } = useTranslation('studies');
  const exclude = useResearcher((state) => state.exclude);
  const include = useResearcher((state) => state.include);
  const [isAsking, setAsking] = useState(false);
  const { participantId, label, exclusion } = row;
  if (exclusion)
    return (
      <>
        {t('quality.excluded', { reason: exclusion.reason })}{' '}
        <button
          type="button"
          aria-label={t('quality.includeWho', { label })}
          onClick={() => void include(participantId)}
        >
          {t('quality.include')}
        </button>
      </>
    );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void exclude(participantId, textOf(new FormData(event.currentTarget), 'reason'));
    setAsking(false);
  };
  if (isAsking)
    return (
      <form className="inline-form" onSubmit={submit}>
        <input name="reason" required maxLength={400} aria-label={t('quality.reason', { label })} autoComplete="off" />
        <button type="submit">{t('quality.exclude')}</button>
        <button type="button" onClick={() => setAsking(false)}>
          {t('cancel')}
        </button>
      </form>
    );
  return (
    <button type="button" aria-label={t('quality.excludeWho', { label })} onClick={() => setAsking(true)}>
      {t('quality.exclude')}
    </button>
  );
}

export function QualityTable({ rows }: { readonly rows: readonly QualityRow[] }) {
  const { t } = useTranslation('studies');
  const findingOf = useFinding();
  if (rows.length === 0) return <p className="state">{t('quality.none')}</p>;
  return (
    <ScrollFrame label={t('quality.table')}>
      <table className="quality">
        <caption>{t('quality.note')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('quality.who')}</th>
            <th scope="col">{t('quality.state')}</th>
            <th scope="col">{t('quality.judgments')}</th>
            <th scope="col">{t('quality.flags')}</th>
            <th scope="col">{t('quality.analysis')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.participantId} className={row.exclusion ? 'is-floor' : undefined}>
              <th scope="row">{row.label}</th>
              <td>{t(`state.${row.state}`)}</td>
              <td>{row.judgments}</td>
              <td className={row.flags.length > 0 ? 'is-warning' : undefined}>
                {row.flags.map(findingOf).join(', ') || '–'}
              </td>
              <td>
                <Exclusion row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
