/** The stage data come from. Simulated data carry a mark that cannot be overlooked. */
import type { Stage } from '../../shared/study.ts';

/** Every stage as it is labelled, in the order screens list them. */
export const STAGE_LABELS = {
  draft: 'draft',
  pilot: 'pilot',
  live: 'live',
  simulated: 'SIMULATED',
} as const satisfies Readonly<Record<Stage, string>>;

export const StageBadge = ({ stage }: { readonly stage: Stage }) => (
  <span className={`badge is-${stage}`}>{STAGE_LABELS[stage]}</span>
);
