/** A training log as CSV, one line per entry; columns an entry does not have stay empty. */
import type { TrainLog } from '../../shared/training.ts';

const COLUMNS = [
  'event',
  'step',
  'epoch',
  'loss',
  'learningRate',
  'gradientNorm',
  'mae',
  'crossEntropy',
  'divergence',
  'best',
] as const;

/** The log with a heading line. Values are numbers, words and truth values: nothing needs quoting. */
export function logCsv(entries: readonly TrainLog[]): string {
  const lines = entries.map((entry) => {
    const values = new Map<string, unknown>(Object.entries(entry));
    return COLUMNS.map((column) => values.get(column) ?? '').join(',');
  });
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
