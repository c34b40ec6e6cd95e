/**
 * Split: which scenarios are kept from training, and which of those select (validation) or report (test). Whole scenarios only, so that
 * sibling queries never straddle; decided by seed and id alone, so that neither the order nor the number of scenarios matters.
 * **Source:** ppt §3.4 and defect E2. The paper's held-out motifs are unseen combinations of seen levels; a level or a domain can be held out too.
 */
import { UserError } from '../../shared/errors.ts';
import { motifCell, type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import type { Split } from '../../shared/training.ts';
import { createRandom } from '../random.ts';

/** What is kept from training: motif cells (`1,1,0`), whole motif levels (`P=3`), whole domains. A scenario that fits any is held out. */
export type HoldOut = {
  readonly cells: readonly string[];
  readonly levels: readonly string[];
  readonly domains: readonly string[];
  /** Whether one query of every training scenario is kept from training too, as a set of its own: new queries on known scenarios. */
  readonly queries?: boolean;
};

/** The paper's: always loses, and wins all but one, each with changing partners and rotating teams. */
export const DEFAULT_HOLD_OUT: HoldOut = { cells: ['1,1,0', '2,1,0'], levels: [], domains: [], queries: false };

type Placed = Pick<Scenario, 'id' | 'domain' | 'motif'>;

const levelsOf = ({ motif }: Placed): string[] =>
  motif === undefined ? [] : [`P=${motif.P}`, `C=${motif.C}`, `R=${motif.R}`, `N=${motif.teamSize}`];

/** Whether a scenario is kept from training. One without a motif can only be held out by its domain. */
export const isHeldOut = (scenario: Placed, holdOut: HoldOut): boolean =>
  holdOut.domains.includes(scenario.domain) ||
  levelsOf(scenario).some((level) => holdOut.levels.includes(level)) ||
  (scenario.motif !== undefined && holdOut.cells.includes(motifCell(scenario.motif)));

/** The split of a scenario: training, or one of the two halves of what is held out. */
export function splitOf(scenario: Placed, options: { readonly holdOut: HoldOut; readonly seed: number }): Split {
  if (!isHeldOut(scenario, options.holdOut)) return 'train';
  return createRandom(options.seed).split('split', scenario.id).uniform() < 0.5 ? 'validation' : 'test';
}

/** The index of the query that a training scenario keeps back as a new one. Needs two queries at least. */
export const newQueryOf = ({ id, queries }: Scenario, seed: number): number =>
  queries.length < 2 ? -1 : createRandom(seed).split('new query', id).integer(queries.length);

/** Levels from text such as `P=3,C=1`; N is the team size. Throws UserError on anything else. */
export function parseLevels(text: string): string[] {
  return text.split(',').map((part) => {
    const level = part.trim();
    if (!/^(P=[0-3]|[CR]=[01]|N=[1-9])$/.test(level))
      throw new UserError(`held-out levels: expected P=0–3, C=0–1, R=0–1 or N=1–9, received "${part}"`, {
        hint: 'Separate levels by commas: P=3,C=1',
      });
    return level;
  });
}

/** Domains from text such as `healthcare,general`. Throws UserError on anything else. */
export function parseDomains(text: string): string[] {
  const known = scenarioSchema.shape.domain.options;
  return text.split(',').map((part) => {
    const found = known.find((domain) => domain === part.trim());
    if (!found)
      throw new UserError(`held-out domains: expected ${known.join(', ')}, received "${part}"`, {
        hint: 'Separate domains by commas: healthcare,general',
      });
    return found;
  });
}
