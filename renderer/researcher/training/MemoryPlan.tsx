/** What a training needs of memory, part by part, and whether this machine has it; before anything is loaded. */
import { useTranslation } from 'react-i18next';
import type { TrainingPlan } from '../../../shared/training.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';

const PARTS = ['weights', 'widening', 'adapter', 'optimizer', 'activations', 'total'] as const;

/** Gives a size in the unit that suits it. */
function useBytesText(): (bytes: number) => string {
  const { decimal } = useWording();
  return (bytes) => (bytes >= 2 ** 30 ? `${decimal(bytes / 2 ** 30)} GiB` : `${decimal(bytes / 2 ** 20)} MiB`);
}

/** Whether the machine's own memory is known to be too small; what a graphics card has is not known. */
export const isTooLarge = ({ backend, total, free }: TrainingPlan): boolean => backend === 'cpu' && total > free;

function Verdict({ plan }: { readonly plan: TrainingPlan }) {
  const { t } = useTranslation('training');
  const bytesText = useBytesText();
  const { total, free, backend, choices } = plan;
  const sizes = { total: bytesText(total), free: bytesText(free) };
  if (backend !== 'cpu') return <p>{t('plan.card', sizes)}</p>;
  if (!isTooLarge(plan)) return <p>{t('plan.fits', sizes)}</p>;
  const other = choices.find((choice) => choice.total <= free);
  return (
    <p role="alert" className="is-failed">
      {t('plan.fitsNot', sizes)}{' '}
      {other &&
        t('plan.other', {
          weights: other.weights,
          checkpointing: other.checkpointing ? t('plan.withCheckpointing') : '',
        })}
    </p>
  );
}

export function MemoryPlan() {
  const { t } = useTranslation('training');
  const bytesText = useBytesText();
  const plan = useResearcher((state) => state.plan);
  if (plan === null) return null;
  if (plan.status === 'loading')
    return (
      <p className="state" role="status">
        {t('plan.planning')}
      </p>
    );
  return (
    <section aria-labelledby="plan-title">
      <h2 id="plan-title">{t('plan.title')}</h2>
      <Loaded of={plan} what={t('plan.title')} onRetry={() => undefined}>
        {(value) => (
          <>
            <Verdict plan={value} />
            <table className="is-narrow">
              <thead>
                <tr>
                  <th scope="col">{t('plan.part')}</th>
                  <th scope="col">{t('plan.size')}</th>
                </tr>
              </thead>
              <tbody>
                {PARTS.map((part) => (
                  <tr key={part}>
                    <th scope="row">{t(`plan.${part}`)}</th>
                    <td>{bytesText(value[part])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="facts">{t('plan.longest', { tokens: value.longestTokens })}</p>
          </>
        )}
      </Loaded>
    </section>
  );
}
