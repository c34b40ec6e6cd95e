/** Simulated people for a study without a session: who comes, what they answer, as the lines `credence compare` reads. */
import { createRandom } from '../../engine/random.ts';
import { resolveSequence } from '../../engine/study/resolveSequence.ts';
import { type Posteriors, type Profile, simulateParticipant } from '../../engine/study/simulatedParticipant.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { Study } from '../../shared/study.ts';

export type SimulationPlan = {
  readonly participants: number;
  /** Taken in turn by the participants. */
  readonly profiles: readonly Profile[];
  readonly seed: number;
};

const toLines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** People's answers, a line each, of stage `simulated`; the participant's id names the profile. */
export function simulatedLines(study: Study, posteriors: Posteriors, plan: SimulationPlan): string {
  const random = createRandom(plan.seed);
  return Array.from({ length: plan.participants }, (_, index) => {
    const profile = plan.profiles[index % plan.profiles.length];
    const own = random.split('simulated', index);
    const responses = simulateParticipant(own, profile, resolveSequence(own.split('sequence'), study), posteriors);
    const participantId = `simulated-${index + 1}-${profile}`;
    return toLines(responses.map((response) => ({ participantId, stage: 'simulated', ...response })));
  }).join('');
}

/** The programs' own answers, a line per query. */
export const programLines = (study: Study, posteriors: Readonly<Record<string, Posterior>>): string =>
  toLines(
    study.scenarios.flatMap((scenario) =>
      scenario.queries.map(({ id }) => {
        const { seed, queries } = posteriors[scenario.id];
        const { mean, sd, bins } = queries[id];
        return { scenarioId: scenario.id, queryId: id, source: 'posterior', sourceId: 'program', seed, mean, sd, bins };
      }),
    ),
  );
