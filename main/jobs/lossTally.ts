/** Loss tally: how many scenarios of each motif cell and domain were kept and lost, and by which check: losing hard evidence is a bias. */

export type LossGroup = { readonly kept: number; readonly lost: number };

export type Losses = LossGroup & {
  readonly cells: Readonly<Record<string, LossGroup>>;
  readonly domains: Readonly<Record<string, LossGroup>>;
  /** Failed check or stage → scenarios; one scenario may fail several. */
  readonly reasons: Readonly<Record<string, number>>;
};

type Place = { readonly domain: string; readonly motifCell: string | null };

const sorted = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Starts a tally. */
export function createLossTally(): {
  addKept: (place: Place) => void;
  addLost: (place: Place, reasons: readonly string[]) => void;
  result: () => Losses;
} {
  const total = { kept: 0, lost: 0 };
  const cells = new Map<string, { kept: number; lost: number }>();
  const domains = new Map<string, { kept: number; lost: number }>();
  const reasons = new Map<string, number>();
  const add = ({ domain, motifCell }: Place, what: 'kept' | 'lost'): void => {
    total[what]++;
    for (const [map, key] of [
      [cells, motifCell ?? 'none'],
      [domains, domain],
    ] as const) {
      const group = map.get(key) ?? { kept: 0, lost: 0 };
      group[what]++;
      map.set(key, group);
    }
  };
  return {
    addKept: (place) => add(place, 'kept'),
    addLost: (place, why) => {
      add(place, 'lost');
      for (const reason of new Set(why)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    result: () => ({ ...total, cells: sorted(cells), domains: sorted(domains), reasons: sorted(reasons) }),
  };
}

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(12))).join('');

const share = ({ kept, lost }: LossGroup): string =>
  kept + lost === 0 ? '–' : `${((100 * lost) / (kept + lost)).toFixed(1)} %`;

/** Losses as a table for the terminal: by motif cell, domain and reason. */
export function describeLosses(losses: Losses): string {
  const groups = (title: string, entries: Losses['cells']): string[] => [
    row([title, 'kept', 'lost', 'share lost']),
    ...Object.entries(entries).map(([name, group]) => row([name, group.kept, group.lost, share(group)])),
  ];
  const lines = [
    ...groups('cell P,C,R', losses.cells),
    row(['all', losses.kept, losses.lost, share(losses)]),
    '',
    ...groups('domain', losses.domains),
  ];
  const why = Object.entries(losses.reasons);
  if (why.length > 0)
    lines.push('', row(['failed at', 'scenarios']), ...why.map(([name, count]) => row([name, count])));
  return `${lines.join('\n')}\n`;
}
