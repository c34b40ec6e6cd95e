/** The stage data come from. Simulated data carry a mark that cannot be overlooked. */
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../shared/study.ts';

/** Every stage, in the order screens list them. */
export const STAGES = ['draft', 'pilot', 'live', 'simulated'] as const satisfies readonly Stage[];

/** Gives the name of a stage. */
export function useStageName(): (stage: Stage) => string {
  const { t } = useTranslation('frame');
  return (stage) => t(`stage.${stage}`);
}

export function StageBadge({ stage }: { readonly stage: Stage }) {
  const stageName = useStageName();
  return <span className={`badge is-${stage}`}>{stageName(stage)}</span>;
}
