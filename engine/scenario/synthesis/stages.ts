/** Stages: what each asks, and what its reply must be: parse → facts, description with concept trace, program. **Source:** ppt §2.1. */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import type { LanguageAnswer } from '../../../shared/language.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { isNamedFor } from './contract.ts';
import { type AskLanguage, converse, type StageTalk } from './conversation.ts';
import { type Parsed, parsedSchema, withFacts } from './parsed.ts';
import { DESCRIPTION_INSTRUCTIONS, PARSE_INSTRUCTIONS, PROGRAM_INSTRUCTIONS, showScenario } from './prompts.ts';
import { readJson, readProgram } from './readReply.ts';
import { isAccepted, type Verdict } from './verdict.ts';

/** How the stages are run. */
export type StageSettings = {
  readonly temperature: number;
  readonly repairs: number;
  /** Which of several independent programs this is, from 0. */
  readonly replicate: number;
};

const LARGEST_REPLY_TOKENS = { scenario: 4000, parse: 4000, description: 4000, program: 8000 } as const;

export const descriptionSchema = z.strictObject({
  description: z.string().min(40),
  concepts: z.array(z.strictObject({ name: z.string().min(1), dependsOn: z.array(z.string()) })).min(2),
});
export type Description = Readonly<z.infer<typeof descriptionSchema>>;

const shown = ({ background, conditions, queries }: Scenario): string =>
  showScenario({ background, conditions: conditions.map(({ text }) => text), queries });

/** What every stage has in common. */
export const talkOf = (
  stage: keyof typeof LARGEST_REPLY_TOKENS,
  settings: StageSettings,
): Pick<StageTalk<unknown>, 'stage' | 'temperature' | 'repairs' | 'replicate' | 'maxOutputTokens'> => ({
  stage,
  ...settings,
  maxOutputTokens: LARGEST_REPLY_TOKENS[stage],
});

/** Reads a scenario's facts. Throws StageFailed. */
export async function parseScenario(
  ask: AskLanguage,
  scenario: Scenario,
  settings: StageSettings,
): Promise<{ scenario: Scenario; parsed: Parsed; tries: number }> {
  const { value, tries } = await converse(ask, {
    ...talkOf('parse', settings),
    instructions: PARSE_INSTRUCTIONS,
    prompt: `The text:\n${shown(scenario)}`,
    read: (answer: LanguageAnswer) => {
      const parsed = readJson(answer, parsedSchema);
      return { parsed, scenario: withFacts(scenario, parsed) };
    },
  });
  return { ...value, tries };
}

/** Throws UserError where concepts are out of order or a factor or trait is missing. */
function checkConcepts({ concepts }: Description, wanted: readonly string[]): void {
  const before: string[] = [];
  for (const { name, dependsOn } of concepts) {
    const later = dependsOn.find((other) => !before.includes(other));
    if (later !== undefined)
      throw new UserError(`description: "${name}" depends on "${later}", which does not come before it`);
    before.push(name);
  }
  const missing = wanted.find((name) => !before.some((known) => isNamedFor(known, name)));
  if (missing !== undefined) throw new UserError(`description: "${missing}" is not among the concepts`);
}

/** The traits and factors that a scenario's facts name. */
const namedFactors = ({ conditions, queries }: Scenario): string[] => [
  ...new Set([
    ...queries.flatMap(({ target }) => target.factor ?? []),
    ...conditions.flatMap(({ remark }) => remark?.factor ?? []),
  ]),
];

/** Describes how a scenario with facts comes about. Throws StageFailed. */
export async function describeScenario(
  ask: AskLanguage,
  scenario: Scenario,
  settings: StageSettings,
): Promise<{ description: Description; tries: number }> {
  const { value, tries } = await converse(ask, {
    ...talkOf('description', settings),
    instructions: DESCRIPTION_INSTRUCTIONS,
    prompt: `The text:\n${shown(scenario)}`,
    read: (answer: LanguageAnswer) => {
      const description = readJson(answer, descriptionSchema);
      checkConcepts(description, namedFactors(scenario));
      return description;
    },
  });
  return { description: value, tries };
}

/** The facts of a scenario as the program stage shows them. */
function shownFacts({ conditions, queries }: Scenario): string {
  const facts = conditions.flatMap(({ event, sides, winner, remark }, i) => [
    ...(sides && winner !== undefined
      ? [`c${i + 1}: ${sides[winner].join(', ')} did better than ${sides[1 - winner].join(', ')} in ${event}`]
      : []),
    ...(remark
      ? [`c${i + 1}: ${remark.entity}'s ${remark.factor} seemed ${remark.isHigh ? 'high' : 'low'} in ${event}`]
      : []),
  ]);
  const asked = queries.map(({ id, kind, target }) => {
    const { entity, factor, event, sides } = target;
    if (sides) return `${id}: ${kind}; first side ${sides[0].join(', ')}; second side ${sides[1].join(', ')}`;
    return `${id}: ${kind} of ${entity} in ${factor}${event === undefined ? '' : `, ${event}`}`;
  });
  return [...facts, ...asked].join('\n');
}

/** Throws UserError with the failed checks of a program, for who wrote it. */
function requireAccepted(verdicts: readonly Verdict[]): void {
  if (isAccepted(verdicts)) return;
  const failed = verdicts
    .filter(({ status }) => status === 'failed')
    .map(({ check, message }) => `- ${check}: ${message}`);
  throw new UserError(`program: these checks failed:\n${failed.join('\n')}`);
}

export type WrittenProgram = {
  readonly scenario: Scenario;
  readonly verdicts: readonly Verdict[];
  readonly tries: number;
};

/**
 * Writes the program of a scenario with facts. What does not compile, run or pass validation goes back with its message. Throws StageFailed;
 * `onVerdicts` hears of every validation.
 */
export async function writeProgram(
  ask: AskLanguage,
  input: { readonly scenario: Scenario; readonly description: Description },
  settings: StageSettings,
  validate: (scenario: Scenario) => Promise<readonly Verdict[]>,
  onVerdicts: (verdicts: readonly Verdict[]) => void = () => {},
): Promise<WrittenProgram> {
  const { scenario, description } = input;
  const { value, tries } = await converse(ask, {
    ...talkOf('program', settings),
    instructions: PROGRAM_INSTRUCTIONS,
    prompt: `The text:\n${shown(scenario)}\n\nThe facts:\n${shownFacts(scenario)}\n\nThe description:\n${description.description}`,
    read: async (answer: LanguageAnswer) => {
      const written = { ...scenario, program: readProgram(answer) };
      const verdicts = await validate(written);
      onVerdicts(verdicts);
      requireAccepted(verdicts);
      return { scenario: written, verdicts };
    },
  });
  return { ...value, tries };
}
