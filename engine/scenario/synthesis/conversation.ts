/** Conversation: one stage's question to a language model, and a bounded number of tries to mend a reply that does not pass. */
import { UserError } from '../../../shared/errors.ts';
import type { LanguageAnswer, LanguageQuestion, LanguageTurn } from '../../../shared/language.ts';

/** Asks a language model. */
export type AskLanguage = (question: LanguageQuestion) => Promise<LanguageAnswer>;

export const STAGES = ['scenario', 'parse', 'description', 'program'] as const;
export type Stage = (typeof STAGES)[number];

/** A stage is given up: no reply passed. Its message says what was wrong with the last one. */
export class StageFailed extends Error {
  override readonly name = 'StageFailed';
  readonly stage: Stage;
  readonly tries: number;
  constructor(stage: Stage, tries: number, reason: string) {
    super(`${stage}: no good reply in ${tries} ${tries === 1 ? 'try' : 'tries'}; the last one: ${reason}`);
    this.stage = stage;
    this.tries = tries;
  }
}

export type StageTalk<T> = {
  readonly stage: Stage;
  readonly instructions: string;
  readonly prompt: string;
  readonly temperature: number;
  readonly maxOutputTokens: number;
  readonly replicate: number;
  /** How often a reply may be sent back. */
  readonly repairs: number;
  /** What the reply says. Throws UserError with what is wrong, worded for who wrote it. */
  readonly read: (answer: LanguageAnswer) => T | Promise<T>;
};

const complaint = (error: UserError): string => {
  const { message, hint, location } = error;
  const line =
    location?.line === undefined
      ? ''
      : ` (line ${location.line}${location.excerpt ? `: ${location.excerpt.trim()}` : ''})`;
  return [`${message}${line}`, hint].filter(Boolean).join('\n');
};

const REPLY_LENGTH = 40_000;

/** Asks until a reply passes; each that does not goes back with what is wrong. Throws StageFailed when the tries are used up. */
export async function converse<T>(
  ask: AskLanguage,
  talk: StageTalk<T>,
): Promise<{ readonly value: T; readonly tries: number }> {
  const { stage, instructions, prompt, temperature, maxOutputTokens, replicate, repairs, read } = talk;
  let turns: readonly LanguageTurn[] = [{ role: 'user', text: prompt }];
  for (let tries = 1; ; tries++) {
    const answer = await ask({ instructions, turns, temperature, maxOutputTokens, replicate });
    try {
      return { value: await read(answer), tries };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const wrong = complaint(error);
      if (tries > repairs) throw new StageFailed(stage, tries, wrong);
      // The first question and the last reply suffice: a long quarrel only costs.
      turns = [
        { role: 'user', text: prompt },
        { role: 'assistant', text: answer.text.slice(0, REPLY_LENGTH) || '(nothing)' },
        {
          role: 'user',
          text: `This does not pass:\n${wrong}\nMend it and reply again in full, in the form asked for.`,
        },
      ];
    }
  }
}
