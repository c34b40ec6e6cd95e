/** Buttons that hand a figure over: as SVG, as a picture, as a page to print, and the numbers behind it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparisonFigure } from '../../../engine/figures/comparisonFigures.ts';
import type { PartName } from '../../../engine/figures/comparisonPart.ts';
import { saveCsv, savePdf, savePng, saveSvg } from '../../plots/saveFile.ts';
import { useResearcher } from '../../state/store.ts';

type FigureSavingProps = {
  readonly figure: ComparisonFigure;
  readonly comparison: string;
  readonly part: PartName;
};

export function FigureSaving({ figure, comparison, part }: FigureSavingProps) {
  const { t } = useTranslation('comparisons');
  const [problem, setProblem] = useState('');
  const [isDrawing, setIsDrawing] = useState(false);
  const drawPdf = useResearcher((state) => state.drawPdf);
  const name = `${comparison}-${figure.id}`;
  const asPng = (): void =>
    void savePng(name, figure.node).then(
      () => setProblem(''),
      () => setProblem(t('figure.problem')),
    );
  const asPdf = async (): Promise<void> => {
    setProblem('');
    setIsDrawing(true);
    const drawn = await drawPdf({ name: comparison, figure: figure.id, part });
    setIsDrawing(false);
    if (drawn.status === 'ready') savePdf(name, drawn.value);
    if (drawn.status === 'failed')
      setProblem(drawn.hint === undefined ? drawn.message : `${drawn.message}; ${drawn.hint}`);
  };
  return (
    <p className="actions">
      <button type="button" onClick={() => saveSvg(name, figure.node)} aria-label={`SVG: ${figure.heading}`}>
        SVG
      </button>
      <button type="button" onClick={asPng} aria-label={`PNG: ${figure.heading}`}>
        PNG
      </button>
      <button type="button" onClick={() => void asPdf()} disabled={isDrawing} aria-label={`PDF: ${figure.heading}`}>
        {isDrawing ? 'PDF…' : 'PDF'}
      </button>
      <button type="button" onClick={() => saveCsv(name, figure.csv)} aria-label={`CSV: ${figure.heading}`}>
        CSV
      </button>
      {problem !== '' && <span role="alert">{problem}</span>}
    </p>
  );
}
