/** Finds scenarios by a filter: their places are found once, in one pass over the texts, and serve every page of the list until the library changes. */
import type { ScenarioFilter } from '../../shared/library.ts';
import type { WriteHandle } from '../store/database.ts';
import { whereOf } from './scenarioRows.ts';

export type ScenarioSearch = {
  /** The ordinals of the scenarios a filter lets through, newest first. */
  find(filter: ScenarioFilter): readonly number[];
  /** To be called after each change of the library. */
  forget(): void;
};

/** Filters whose places are remembered: a page may be asked for the old one while the new one is typed. */
const KEPT_FILTERS = 4;

export function createScenarioSearch(write: WriteHandle): ScenarioSearch {
  const kept = new Map<string, readonly number[]>();
  return {
    find(filter) {
      const key = JSON.stringify(filter);
      const known = kept.get(key);
      if (known) return known;
      const { where, values } = whereOf(filter);
      const rows = write.all<{ ordinal: number }>(
        `SELECT ordinal FROM scenario ${where} ORDER BY ordinal DESC`,
        ...values,
      );
      const found = rows.map(({ ordinal }) => ordinal);
      kept.set(key, found);
      const oldest = kept.size > KEPT_FILTERS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return found;
    },
    forget: () => kept.clear(),
  };
}
