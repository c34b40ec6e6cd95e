/** Buttons that hand a figure over: as SVG, as a picture, and the numbers behind it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonFigure } from '../../../engine/figures/comparisonFigures.ts';
import { saveCsv, savePng, saveSvg } from '../../plots/saveFile.ts';

type FigureSavingProps = { readonly figure: ComparisonFigure; readonly name: string };

export function FigureSaving({ figure, name }: FigureSavingProps) {
  const { t } = useTranslation('comparisons');
  const [problem, setProblem] = useState('');
  const asPicture = (): void =>
    void savePng(name, figure.node).then(
      () => setProblem(''),
      () => setProblem(t('figure.problem')),
    );
  return (
    <p className="actions">
      <button type="button" onClick={() => saveSvg(name, figure.node)} aria-label={`SVG: ${figure.heading}`}>
        SVG
      </button>
      <button type="button" onClick={asPicture} aria-label={`PNG: ${figure.heading}`}>
        PNG
      </button>
      <button type="button" onClick={() => saveCsv(name, figure.csv)} aria-label={`CSV: ${figure.heading}`}>
        CSV
      </button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </p>
  );
}
