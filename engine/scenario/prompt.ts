/**
 * Prompt: the text a transformer reads for one query. The context (how to answer, the scenario) is shared by all queries of a scenario,
 * so that they can share one pass; the question follows it. The prompt is `context + question`, ending where the answer `<n>` begins.
 */
import type { Query, Scenario } from '../../shared/scenario.ts';

/** How to answer: the form, and the one direction of each scale. */
export const INSTRUCTION =
  'Answer with one whole number from 0 to 100 in angle brackets, like <n>. Rank: 100 is the best, 0 the worst. ' +
  'Level: 0 is none, 100 the most. Two sides: 0 means the first is sure to win, 100 means the second is.';

/** The scenario as a transformer reads it; without headings in the free-form style. */
export function renderScenario(scenario: Scenario): string {
  const conditions = scenario.conditions.map(({ text }) => text).join('\n');
  if (scenario.style === 'free-form') return [scenario.background, conditions].filter(Boolean).join('\n');
  return `BACKGROUND\n${scenario.background}\nCONDITIONS\n${conditions}`;
}

/** The part of a prompt that differs between the queries of a scenario. */
export const renderQuestion = (text: string): string => `QUERY\n${text}\nANSWER\n`;

/** The two parts of the prompt for `query` of `scenario`. */
export const renderPrompt = (scenario: Scenario, query: Query): { context: string; question: string } => ({
  context: `${INSTRUCTION}\n\n${renderScenario(scenario)}\n`,
  question: renderQuestion(query.text),
});
