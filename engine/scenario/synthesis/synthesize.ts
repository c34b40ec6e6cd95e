/** Synthesis: a scenario to its program through the stages, or the reason why there is none. Pure: languages and inference are passed in. */
import { z } from 'zod';
import type { Posterior } from '../../../shared/posterior.ts';
import { motifCell, type Scenario, scenarioSchema } from '../../../shared/scenario.ts';
import { type Agreement, agreementOf, agreementSchema } from './agreement.ts';
import { type AskLanguage, STAGES, StageFailed } from './conversation.ts';
import { effectsOf, hasFacts } from './parsed.ts';
import {
  type Description,
  describeScenario,
  descriptionSchema,
  parseScenario,
  type StageSettings,
  writeProgram,
} from './stages.ts';
import type { ProgramRunner } from './trials.ts';
import { validateProgram } from './validate.ts';
import { type Verdict, verdictSchema } from './verdict.ts';

export type SynthesisSettings = {
  readonly seed: number;
  /** Programs to write independently of one another; the first accepted one is kept, the others tell how far they agree. */
  readonly programs: number;
  /** How often a reply may be sent back, per stage. */
  readonly repairs: number;
};

export type SynthesisTools = { readonly ask: AskLanguage; readonly run: ProgramRunner };

const attemptsSchema = z.strictObject({ parse: z.number(), description: z.number(), program: z.number() });

/** What became of a scenario. */
export const synthesisResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('accepted'),
    scenario: scenarioSchema,
    verdicts: z.array(verdictSchema),
    description: descriptionSchema,
    /** Replies it took, by stage; 0 where a stage was not needed. */
    attempts: attemptsSchema,
    agreement: agreementSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('rejected'),
    scenarioId: z.string(),
    domain: z.string(),
    motifCell: z.string().nullable(),
    stage: z.enum([...STAGES, 'service']),
    reason: z.string(),
    verdicts: z.array(verdictSchema),
  }),
]);
export type SynthesisResult = z.infer<typeof synthesisResultSchema>;

/** A scenario that came to nothing; `service`: the language service gave no answer. */
export const rejection = (
  scenario: Pick<Scenario, 'id' | 'domain' | 'motif'>,
  stage: Extract<SynthesisResult, { kind: 'rejected' }>['stage'],
  reason: string,
  verdicts: readonly Verdict[] = [],
): SynthesisResult => ({
  kind: 'rejected',
  scenarioId: scenario.id,
  domain: scenario.domain,
  motifCell: scenario.motif ? motifCell(scenario.motif) : null,
  stage,
  reason,
  verdicts: [...verdicts],
});

/** Independent programs need a language model that does not always say the same. */
const SPREAD_TEMPERATURE = 0.7;
/** Points of standard error at which programs are compared. */
const AGREEMENT_PRECISION = 1;

type Written = { readonly scenario: Scenario; readonly verdicts: readonly Verdict[]; readonly tries: number };

async function agreementAmong(
  programs: readonly Written[],
  { run }: SynthesisTools,
  seed: number,
): Promise<Agreement | null> {
  if (programs.length < 2) return null;
  const posteriors: Posterior[] = [];
  for (const { scenario } of programs)
    posteriors.push(await run(scenario.program ?? '', { method: 'auto', precision: AGREEMENT_PRECISION, seed }));
  return agreementOf(posteriors);
}

/** Describes and writes one program. */
async function writeOne(
  tools: SynthesisTools,
  scenario: Scenario,
  settings: StageSettings,
  validate: (scenario: Scenario) => Promise<readonly Verdict[]>,
  onVerdicts: (verdicts: readonly Verdict[]) => void,
): Promise<Written & { readonly description: Description; readonly described: number }> {
  const { description, tries: described } = await describeScenario(tools.ask, scenario, settings);
  const written = await writeProgram(tools.ask, { scenario, description }, settings, validate, onVerdicts);
  return { ...written, description, described };
}

/**
 * The program of `scenario`, whose facts are read first where it has none. Rejects only with faults that are not the scenario's or the
 * replies': a service that failed, a cancellation.
 */
export async function synthesizeProgram(
  scenario: Scenario,
  tools: SynthesisTools,
  settings: SynthesisSettings,
): Promise<SynthesisResult> {
  const temperature = settings.programs > 1 ? SPREAD_TEMPERATURE : 0;
  const stageSettings = { temperature: 0, repairs: settings.repairs, replicate: 0 };
  let lastVerdicts: readonly Verdict[] = [];
  try {
    const read = hasFacts(scenario) ? undefined : await parseScenario(tools.ask, scenario, stageSettings);
    const known = read?.scenario ?? scenario;
    const effects = read ? effectsOf(read.parsed) : {};
    const validate = (written: Scenario): Promise<readonly Verdict[]> =>
      validateProgram(written, tools.run, { seed: settings.seed, effects });
    const written: Awaited<ReturnType<typeof writeOne>>[] = [];
    let failure: StageFailed | undefined;
    for (let replicate = 0; replicate < settings.programs; replicate++)
      try {
        const own = { temperature, repairs: settings.repairs, replicate };
        written.push(
          await writeOne(tools, known, own, validate, (verdicts) => {
            lastVerdicts = verdicts;
          }),
        );
      } catch (error) {
        if (!(error instanceof StageFailed)) throw error;
        failure = error;
      }
    const [first] = written;
    if (!first) throw failure ?? new StageFailed('program', 0, 'no program was asked for');
    return {
      kind: 'accepted',
      scenario: first.scenario,
      verdicts: [...first.verdicts],
      description: first.description,
      attempts: { parse: read?.tries ?? 0, description: first.described, program: first.tries },
      agreement: await agreementAmong(written, tools, settings.seed),
    };
  } catch (error) {
    if (error instanceof StageFailed)
      return rejection(scenario, error.stage, error.message, error.stage === 'program' ? lastVerdicts : []);
    throw error;
  }
}
