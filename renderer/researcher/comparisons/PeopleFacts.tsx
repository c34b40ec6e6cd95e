/** Who answered, how reliable they are together, and the ceiling and floors that follow. */
import { decimal, estimateText } from '../../../engine/figures/numberText.ts';
import type { PeopleComparison } from '../../../shared/comparison.ts';
import { Measured } from '../../components/Measured.tsx';
import { counted } from '../../components/wording.ts';

export function PeopleFacts({ shown }: { readonly shown: PeopleComparison }) {
  const { people, design, missing, repeated, coarseBins } = shown;
  const who = counted(people.participants, design === 'nested' ? 'record' : 'participant');
  const n = `${who}, ${counted(people.queries, 'query', 'queries')}`;
  return (
    <dl className="measures">
      <dt>People</dt>
      <dd>
        {who}, {counted(people.queries, 'query', 'queries')}, {counted(people.values, 'value')}; {missing} missing,{' '}
        {repeated} second askings left out
      </dd>
      <dt>Reliability</dt>
      <dd>
        <Measured method={`Spearman–Brown of random halves with the middle 95 % of splits; ${n}`}>
          {estimateText(people.splitHalf.reliability, 2)}
        </Measured>
      </dd>
      <dt>Ceiling of r</dt>
      <dd>
        <Measured method={`√ of the reliability; ${n}`}>{decimal(people.splitHalf.ceiling, 2)}</Measured>
      </dd>
      <dt>Leave-one-out r</dt>
      <dd>
        <Measured method={`mean r of each person with the mean of the others; ${n}`}>
          {decimal(people.leaveOneOut, 2)}
        </Measured>
      </dd>
      <dt>Floor of distances</dt>
      <dd>
        <Measured method={`one half of the people from the other, bootstrap over queries; ${n}`}>
          Wasserstein {estimateText(people.divergence.wasserstein, 1)} points
        </Measured>
        ,{' '}
        <Measured method={`one half of the people from the other on ${coarseBins} bins, bootstrap over queries; ${n}`}>
          Jensen–Shannon {estimateText(people.divergence.jensenShannon, 2)} bits
        </Measured>
      </dd>
    </dl>
  );
}
