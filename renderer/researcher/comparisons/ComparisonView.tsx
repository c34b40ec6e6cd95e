/** One comparison: who answered, every source's agreement by facet, linked figures to keep, and the scenario behind a point. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparisonFigures, comparisonNote } from '../../../engine/figures/comparisonFigures.ts';
import { comparisonPart, type PartName } from '../../../engine/figures/comparisonPart.ts';
import { AGGREGATES_NOTE, compareIntervalText, shortHash } from '../../../engine/figures/reportNote.ts';
import type { FacetComparison, KeptComparison, PeopleComparison } from '../../../shared/comparison.ts';
import { Field } from '../../components/Field.tsx';
import { StageBadge } from '../../components/StageBadge.tsx';
import { useWording } from '../../components/wording.ts';
import { MarkedFigure, useLinkedMarks } from '../../plots/LinkedFigures.tsx';
import { useWidth } from '../../plots/useWidth.ts';
import { useResearcher } from '../../state/store.ts';
import { AgreementTable } from './AgreementTable.tsx';
import { FigureSaving } from './FigureSaving.tsx';
import { PeopleFacts } from './PeopleFacts.tsx';
import { ScenarioPane } from './ScenarioPane.tsx';

const ALL = 'all';

const facetKey = ({ facet, value }: FacetComparison): string => `${facet}: ${value}`;

type FiguresProps = {
  readonly comparison: KeptComparison;
  readonly shown: PeopleComparison;
  readonly part: PartName;
};

function Figures({ comparison, shown, part }: FiguresProps) {
  const { ref, width } = useWidth();
  const open = useResearcher((state) => state.openComparedScenario);
  const link = useLinkedMarks();
  const { study, settings, queries, name } = comparison;
  const note = comparisonNote(
    shown,
    `Study ${study.slug}, version ${shortHash(study.hash)}`,
    compareIntervalText(settings),
  );
  const figures = width === 0 ? [] : comparisonFigures({ result: shown, queries, note, width });
  return (
    <div ref={ref} {...link}>
      {figures.map((figure) => (
        <section key={figure.id} className="plot" aria-labelledby={`figure-${figure.id}`}>
          <h2 id={`figure-${figure.id}`}>{figure.heading}</h2>
          <MarkedFigure node={figure.node} onOpen={({ scenario }) => void open(name, scenario)} />
          <FigureSaving figure={figure} comparison={name} part={part} />
        </section>
      ))}
    </div>
  );
}

function Notes({ shown }: { readonly shown: PeopleComparison }) {
  const { t } = useTranslation('comparisons');
  const replies = Object.entries(shown.replies).flatMap(([label, counts]) =>
    counts === null ? [] : [t('notes.replies', { label, ...counts })],
  );
  const notes = [...replies, ...shown.reasons, ...shown.warnings];
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="comparison-notes">
      <h2 id="comparison-notes">{t('notes')}</h2>
      <ul className="methods">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

export function ComparisonView({ comparison }: { readonly comparison: KeptComparison }) {
  const { moment } = useWording();
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  const [chosen, setChosen] = useState(ALL);
  const { name, createdAt, version, study, result, settings } = comparison;
  const part = result.facets.find((facet) => facetKey(facet) === chosen);
  const partName = part ? { facet: part.facet, value: part.value } : undefined;
  const shown = comparisonPart(result, partName) ?? result;
  return (
    <article className="panel">
      <h1>{name}</h1>
      <p className="facts">
        {study.title}, {frame('version', { version: shortHash(study.hash) })} ·{' '}
        {result.stage !== null && <StageBadge stage={result.stage} />} {moment(createdAt)} ·{' '}
        {frame('version', { version })}
      </p>
      <p className="facts">{AGGREGATES_NOTE}</p>
      <Field label={t('facet.label')} hint={t('facet.hint')}>
        {(control) => (
          <select {...control} value={chosen} onChange={({ target }) => setChosen(target.value)}>
            <option value={ALL}>{t('facet.all')}</option>
            {result.facets.map((facet) => (
              <option key={facetKey(facet)} value={facetKey(facet)}>
                {t(`facet.${facet.facet}`)}: {facet.value}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PeopleFacts shown={shown} />
      <AgreementTable shown={shown} settings={settings} />
      <Notes shown={shown} />
      <ScenarioPane />
      <Figures comparison={comparison} shown={shown} part={partName} />
    </article>
  );
}
