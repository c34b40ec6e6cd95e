/** Runs compared: their curves over each other, the settings that differ, and what came of them. */
import { useTranslation } from 'react-i18next';
import { lossCurves } from '../../../engine/figures/lossCurves.ts';
import type { RunSummary } from '../../../shared/workspaceProcedures.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';
import { Figure } from '../../plots/Figure.tsx';
import { useWidth } from '../../plots/useWidth.ts';
import { useResearcher } from '../../state/store.ts';
import { useFollowedLogs } from './useRunLog.ts';

const FIGURE_HEIGHT = 420;
const PANEL_PX = 72;

type Setting = { readonly name: string; readonly values: readonly string[] };

/** What the runs were made from and with, where they differ. */
function differences(runs: readonly RunSummary[]): Setting[] {
  const settings = runs.map(({ config, origin }) => ({
    transformer: origin?.transformer ?? '',
    dataset: origin?.dataset ?? '',
    ...config,
  }));
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))];
  return names
    .map((name) => ({ name, values: settings.map((one) => String(new Map(Object.entries(one)).get(name) ?? '')) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function DifferenceTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  const rows: Setting[] = [
    ...differences(runs),
    { name: t('compare.steps'), values: runs.map(({ steps }) => String(steps)) },
    { name: t('compare.bestMae'), values: runs.map(({ best }) => decimal(best?.mae ?? null, 2)) },
  ];
  return (
    <ScrollFrame label={t('compare.caption')}>
      <table>
        <caption>{rows.length === 2 ? t('compare.same') : t('compare.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('compare.setting')}</th>
            {runs.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, i) => (
                <td key={runs[i].name}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

export function CompareRuns({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('training');
  useFollowedLogs(runs.map(({ name }) => name));
  const logs = useResearcher((state) => state.runLogs);
  const { ref, width } = useWidth();
  const series = runs.map(({ name }) => ({
    source: 'adapter' as const,
    sourceId: name,
    label: name,
    log: logs[name] ?? [],
  }));
  const note = { text: t('compare.note'), isSimulated: false };
  const size = { width: width - PANEL_PX, height: FIGURE_HEIGHT };
  return (
    <article className="panel" ref={ref}>
      <h1>{t('compare.title')}</h1>
      {width > 0 && series.some(({ log }) => log.length > 0) && <Figure node={lossCurves(series, note, size)} />}
      <DifferenceTable runs={runs} />
    </article>
  );
}
