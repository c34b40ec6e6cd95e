/** The validations of a run as a table, the newest first. */
import { useTranslation } from 'react-i18next';
import type { TrainLog } from '../../../shared/training.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';

/** The newest are listed; the curve shows all. */
const SHOWN = 12;

export function Validations({ log }: { readonly log: readonly TrainLog[] }) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  const validations = log.flatMap((entry) => (entry.event === 'validation' ? [entry] : []));
  if (validations.length === 0) return null;
  return (
    <section aria-labelledby="validations-title">
      <h2 id="validations-title">{t('validations.title')}</h2>
      <ScrollFrame label={t('validations.caption')}>
        <table>
          <caption>{t('validations.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('validations.step')}</th>
              <th scope="col">{t('validations.epoch')}</th>
              <th scope="col">{t('validations.mae')}</th>
              <th scope="col">{t('validations.crossEntropy')}</th>
              <th scope="col">{t('validations.divergence')}</th>
              <th scope="col">{t('validations.kept')}</th>
            </tr>
          </thead>
          <tbody>
            {validations
              .slice(-SHOWN)
              .reverse()
              .map(({ step, epoch, mae, crossEntropy, divergence, best }) => (
                <tr key={step}>
                  <th scope="row">{step}</th>
                  <td>{epoch}</td>
                  <td>{decimal(mae, 2)}</td>
                  <td>{decimal(crossEntropy, 3)}</td>
                  <td>{decimal(divergence, 3)}</td>
                  <td>{best ? '✓' : ''}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
