/** Dataset card: a manifest as a page for people. */
import type { DatasetManifest } from '../../shared/dataset.ts';

type Row = readonly (string | number)[];

const table = (header: Row, rows: readonly Row[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function groupRows(groups: DatasetManifest['cells']): Row[] {
  return Object.entries(groups).map(([name, { labelled, rejected, records }]) => [
    name,
    labelled,
    rejected,
    percent(rejected, labelled + rejected),
    records.train,
    records.validation,
    records.test,
  ]);
}

const GROUP_COLUMNS = ['scenarios', 'rejected', 'share rejected', 'train', 'validation', 'test'];

function settingsRows({ settings, shard, newQueries }: DatasetManifest): Row[] {
  const { holdOut } = settings;
  return [
    ['seed', settings.seed],
    ['source', settings.source],
    ['target', settings.target],
    ['inference', `${settings.method}, at most ${settings.maxExecutions} executions`],
    ['precision wanted', `${settings.precision} points of mcse`],
    ['prior precision', settings.priorPrecision === null ? 'no priors' : `${settings.priorPrecision} points of mcse`],
    ['least effective draws', settings.minEffective],
    ['held-out cells (unseen combinations of seen levels)', holdOut.cells.join('; ') || 'none'],
    ['held-out levels (unseen levels)', holdOut.levels.join('; ') || 'none'],
    ['held-out domains', holdOut.domains.join('; ') || 'none'],
    ['held-out queries on training scenarios', holdOut.queries ? `one per scenario, ${newQueries}` : 'none'],
    ['engine', settings.engineVersion],
    ...(shard ? [['shard', `${shard.index} of ${shard.of}, of ${shard.total} scenarios`]] : []),
  ];
}

/** The card of a dataset as Markdown. */
export function renderCard(manifest: DatasetManifest): string {
  const { scenarios, records, labels, kinds, files, faults, settings } = manifest;
  const kindRows = Object.entries(kinds).map(([name, kind]) => [
    name,
    kind.records.train,
    kind.records.validation,
    kind.records.test,
    kind.trainingMean === null ? '–' : kind.trainingMean.toFixed(2),
    ...kind.histogram,
  ]);
  const tens = Array.from({ length: 10 }, (_, i) => `${10 * i}–${10 * i + 9}`);
  return [
    '# Dataset',
    `${scenarios.labelled} scenarios, ${records.train + records.validation + records.test} queries; ${scenarios.rejected} scenarios rejected.`,
    `Labels: mcse at most ${labels.worstMcse.toFixed(3)} points, ${labels.meanMcse.toFixed(3)} on average; ${labels.executions} executions.`,
    ...(settings.canary === null ? [] : [settings.canary]),
    '## Settings',
    table(['setting', 'value'], settingsRows(manifest)),
    '## Query kinds',
    'Records by split, the mean of the training labels, and how many labels have their mean in each ten of the scale.',
    table(['kind', 'train', 'validation', 'test', 'training mean', ...tens, '100'], kindRows),
    '## Motif cells (P,C,R)',
    table(['cell', ...GROUP_COLUMNS], groupRows(manifest.cells)),
    '## Domains',
    table(['domain', ...GROUP_COLUMNS], groupRows(manifest.domains)),
    '## Rejected scenarios by failed check',
    Object.keys(faults).length === 0 ? 'None.' : table(['check', 'scenarios'], Object.entries(faults)),
    '## Files',
    table(
      ['file', 'lines', 'bytes', 'SHA-256'],
      Object.entries(files).map(([name, { lines, sizeBytes, sha256 }]) => [name, lines, sizeBytes, sha256]),
    ),
    '',
  ].join('\n\n');
}
