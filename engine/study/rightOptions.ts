/** The right options of a study's checks, by node and query: known to the host and to simulated people, never to pages. */
import type { Study } from '../../shared/study.ts';

export function rightOptionsOf(study: Pick<Study, 'timeline'>): Record<string, Record<string, string>> {
  const options: Record<string, Record<string, string>> = {};
  for (const node of study.timeline) {
    const questions = node.kind === 'comprehension' ? node.questions : node.kind === 'attention' ? [node.question] : [];
    if (questions.length > 0) options[node.id] = Object.fromEntries(questions.map(({ id, correct }) => [id, correct]));
  }
  return options;
}
