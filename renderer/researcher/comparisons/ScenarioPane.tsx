/** The scenario behind a point: its text, and everybody's answers to all its queries. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { histogramsHeight, scenarioHistograms } from '../../../engine/figures/scenarioHistograms.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { MarkedFigure } from '../../plots/LinkedFigures.tsx';
import { useWidth } from '../../plots/useWidth.ts';
import type { ComparedScenario } from '../../state/comparisonSlice.ts';
import { useResearcher } from '../../state/store.ts';

function Scenario({ shown }: { readonly shown: ComparedScenario }) {
  const { ref, width } = useWidth();
  const { scenario, histograms } = shown;
  const note = { text: 'Pooled answers in 20 equal bins, none smoothed; W in points.', isSimulated: false };
  return (
    <div ref={ref}>
      <div className="scenario">
        <p>{scenario.background}</p>
        <ol>
          {scenario.conditions.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      </div>
      {width > 0 && (
        <MarkedFigure
          node={scenarioHistograms(histograms, note, { width, height: histogramsHeight(histograms, width) })}
        />
      )}
    </div>
  );
}

export function ScenarioPane() {
  const { t } = useTranslation('comparisons');
  const shown = useResearcher((state) => state.comparedScenario);
  const close = useResearcher((state) => state.closeComparedScenario);
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = shown !== null;
  useEffect(() => {
    if (isOpen) heading.current?.focus();
  }, [isOpen]);
  if (shown === null) return null;
  return (
    <section className="plot" aria-labelledby="compared-scenario">
      <h2 id="compared-scenario" ref={heading} tabIndex={-1}>
        {shown.status === 'ready' ? t('scenario.title', { id: shown.value.scenario.id }) : t('scenario')}
      </h2>
      <Loaded of={shown} what={t('scenario.what')} onRetry={close}>
        {(value) => <Scenario shown={value} />}
      </Loaded>
      <p className="actions">
        <button type="button" onClick={close}>
          {t('scenario.close')}
        </button>
      </p>
    </section>
  );
}
