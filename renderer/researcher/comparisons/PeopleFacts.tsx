/** Who answered, how reliable they are together, and the ceiling and floors that follow. */
import { useTranslation } from 'react-i18next';
import type { PeopleComparison } from '../../../shared/comparison.ts';
import { Measured } from '../../components/Measured.tsx';
import { useWording } from '../../components/wording.ts';

export function PeopleFacts({ shown }: { readonly shown: PeopleComparison }) {
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  const { decimal, estimate } = useWording();
  const { people, design, missing, repeated, coarseBins } = shown;
  const who =
    design === 'nested'
      ? t('people.records', { count: people.participants })
      : frame('count.participants', { count: people.participants });
  const n = `${who}, ${frame('count.queries', { count: people.queries })}`;
  return (
    <dl className="measures">
      <dt>{t('people')}</dt>
      <dd>
        {n}, {t('people.values', { count: people.values })}; {t('people.left', { missing, repeated })}
      </dd>
      <dt>{t('people.reliability')}</dt>
      <dd>
        <Measured method={`${t('method.reliability')}; ${n}`}>{estimate(people.splitHalf.reliability, 2)}</Measured>
      </dd>
      <dt>{t('people.ceiling')}</dt>
      <dd>
        <Measured method={`${t('method.ceiling')}; ${n}`}>{decimal(people.splitHalf.ceiling, 2)}</Measured>
      </dd>
      <dt>{t('people.leaveOneOut')}</dt>
      <dd>
        <Measured method={`${t('method.leaveOneOut')}; ${n}`}>{decimal(people.leaveOneOut, 2)}</Measured>
      </dd>
      <dt>{t('people.floor')}</dt>
      <dd>
        <Measured method={`${t('method.wasserstein')}; ${n}`}>
          {t('people.wasserstein', { distance: estimate(people.divergence.wasserstein, 1) })}
        </Measured>
        ,{' '}
        <Measured method={`${t('method.jensenShannon', { bins: coarseBins })}; ${n}`}>
          {t('people.jensenShannon', { distance: estimate(people.divergence.jensenShannon, 2) })}
        </Measured>
      </dd>
    </dl>
  );
}
