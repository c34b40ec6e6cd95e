/** Dataset tally: the counts of a dataset's card, kept while its lines stream by in order. */
import { z } from 'zod';
import type { DatasetManifest } from '../../shared/dataset.ts';
import type { Posterior } from '../../shared/posterior.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import type { DatasetRecord, Split } from '../../shared/training.ts';
import { labelFaultSchema } from './labelCheck.ts';

/** The part of a manifest that is counted. */
export type Tally = Pick<
  DatasetManifest,
  'scenarios' | 'records' | 'newQueries' | 'cells' | 'domains' | 'kinds' | 'faults' | 'labels'
>;

type Group = DatasetManifest['cells'][string];
type Kind = { records: Record<Split, number>; histogram: number[]; trainingSum: number };

/** What is known of a rejected scenario. */
export const rejectionSchema = z.strictObject({
  scenarioId: z.string(),
  domain: z.string(),
  motifCell: z.string().nullable(),
  faults: z.array(labelFaultSchema),
});
export type Rejection = Readonly<z.infer<typeof rejectionSchema>>;

const noRecords = (): Record<Split, number> => ({ train: 0, validation: 0, test: 0 });
const noGroup = (): Group => ({ labelled: 0, rejected: 0, records: noRecords() });

/** The cell under which a scenario without a motif is counted. */
export const NO_CELL = 'none';

function entry<T>(map: Map<string, T>, key: string, create: () => T): T {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}

const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Starts a tally. The records of a scenario follow its `addScenario`. */
export function createTally(): {
  addScenario: (scenario: Scenario, posterior: Pick<Posterior, 'executions'>) => void;
  addRecord: (record: DatasetRecord, domain: string) => void;
  addNewQuery: () => void;
  addRejection: (rejection: Rejection) => void;
  result: () => Tally;
} {
  const cells = new Map<string, Group>();
  const domains = new Map<string, Group>();
  const kinds = new Map<string, Kind>();
  const faults = new Map<string, number>();
  const scenarios = { labelled: 0, rejected: 0 };
  const records = noRecords();
  let newQueries = 0;
  let worstMcse = 0;
  let mcseSum = 0;
  let executions = 0;
  const groupsOf = (cell: string | null, domain: string): Group[] => [
    entry(cells, cell ?? NO_CELL, noGroup),
    entry(domains, domain, noGroup),
  ];

  const addScenario = (scenario: Scenario, posterior: Pick<Posterior, 'executions'>): void => {
    scenarios.labelled++;
    executions += posterior.executions;
    const cell = scenario.motif ? motifCell(scenario.motif) : null;
    for (const group of groupsOf(cell, scenario.domain)) group.labelled++;
  };
  const addRecord = (record: DatasetRecord, domain: string): void => {
    const kind = entry(kinds, record.kind, () => ({
      records: noRecords(),
      histogram: Array(11).fill(0),
      trainingSum: 0,
    }));
    for (const group of groupsOf(record.motifCell, domain)) group.records[record.split]++;
    records[record.split]++;
    kind.records[record.split]++;
    kind.histogram[Math.floor(record.mean / 10)]++;
    if (record.split === 'train') kind.trainingSum += record.mean;
    worstMcse = Math.max(worstMcse, record.mcse);
    mcseSum += record.mcse;
  };
  const addRejection = (rejection: Rejection): void => {
    scenarios.rejected++;
    for (const group of groupsOf(rejection.motifCell, rejection.domain)) group.rejected++;
    for (const check of new Set(rejection.faults.map((fault) => fault.check)))
      faults.set(check, (faults.get(check) ?? 0) + 1);
  };
  const result = (): Tally => ({
    scenarios,
    records,
    newQueries,
    cells: sorted(cells),
    domains: sorted(domains),
    kinds: Object.fromEntries(
      Object.entries(sorted(kinds)).map(([name, { trainingSum, ...kind }]) => [
        name,
        { ...kind, trainingMean: kind.records.train === 0 ? null : trainingSum / kind.records.train },
      ]),
    ),
    faults: sorted(faults),
    labels: {
      worstMcse,
      meanMcse: mcseSum / Math.max(1, records.train + records.validation + records.test),
      executions,
    },
  });
  const addNewQuery = (): void => {
    newQueries++;
  };
  return { addScenario, addRecord, addNewQuery, addRejection, result };
}
