/** A finished dataset on the terminal: counts by split, kind and cell. */
import type { DatasetSummary } from '../jobs/datasetFiles.ts';

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(11))).join('');

const share = (lost: number, kept: number): string =>
  lost + kept === 0 ? '–' : `${((100 * lost) / (lost + kept)).toFixed(1)} %`;

/** A few lines that say what was built, and how many scenarios each cell lost. */
export function describeDataset(summary: DatasetSummary): string {
  const { records, scenarios, labels, cells, folder, kinds, faults } = summary;
  const reasons = Object.entries(faults);
  const lines = [
    row(['kind', 'train', 'validation', 'test']),
    ...Object.entries(kinds).map(([name, kind]) =>
      row([name, kind.records.train, kind.records.validation, kind.records.test]),
    ),
    row(['all', records.train, records.validation, records.test]),
    '',
    row(['cell P,C,R', 'scenarios', 'rejected', 'share lost']),
    ...Object.entries(cells).map(([name, { labelled, rejected }]) =>
      row([name, labelled, rejected, share(rejected, labelled)]),
    ),
    row(['all', scenarios.labelled, scenarios.rejected, share(scenarios.rejected, scenarios.labelled)]),
    ...(reasons.length === 0
      ? []
      : ['', row(['failed at', 'scenarios']), ...reasons.map(([check, count]) => row([check, count]))]),
    '',
    `mcse at most ${labels.worstMcse.toFixed(3)}, on average ${labels.meanMcse.toFixed(3)} points; ${labels.executions} executions (seed ${summary.settings.seed})`,
    folder,
  ];
  return `${lines.join('\n')}\n`;
}
