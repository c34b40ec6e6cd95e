/**
 * Scenarios written as text between `<START_SCENARIO>` and `<END_SCENARIO>`, with the headings BACKGROUND, CONDITIONS and QUERIES; each query is
 * a line `Query 1: …`. The kind of a query is not in its text, so it is asked for; nothing is guessed from words.
 */
import { UserError } from '../../shared/errors.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import { type Scenario, scenarioSchema } from '../../shared/scenario.ts';

/** What the text does not say: `kinds` of the queries in their order, the last one for all that follow. */
export type ScenarioTextOptions = {
  readonly domain: Scenario['domain'];
  readonly subdomain: string;
  readonly idPrefix: string;
  readonly kinds: readonly QueryKind[];
  /** Named in refusals. */
  readonly file: string;
};

const BLOCK = /<START_SCENARIO>([\s\S]*?)<END_SCENARIO>/g;
const QUERY = /^\s*Query(?:\s+\d+)?\s*:\s*(.+)$/;

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** The lines under each heading. */
function splitSections(block: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of block.split('\n')) {
    const heading = /^\s*(BACKGROUND|CONDITIONS|QUERIES)\s*:?\s*$/.exec(line)?.[1];
    if (heading) sections.set(heading, (lines = []));
    else if (line.trim() !== '') lines.push(line.trim());
  }
  return sections;
}

function toScenario(block: string, index: number, line: number, options: ScenarioTextOptions): Scenario {
  const { file, kinds } = options;
  const refuse = (problem: string, hint: string): never => {
    throw new UserError(`${file}:${line}: ${problem}`, { hint, location: { file, line } });
  };
  const sections = splitSections(block);
  for (const heading of ['BACKGROUND', 'CONDITIONS', 'QUERIES'])
    if (!sections.has(heading))
      refuse(`scenario ${index + 1} has no ${heading}`, 'write the heading on a line of its own');
  const texts = (sections.get('QUERIES') ?? []).map(
    (text) => QUERY.exec(text)?.[1] ?? refuse(`"${text}" is no query`, 'write it as "Query 1: …"'),
  );
  const parsed = scenarioSchema.safeParse({
    id: `${options.idPrefix}-${index + 1}`,
    domain: options.domain,
    subdomain: options.subdomain,
    style: 'free-form',
    background: (sections.get('BACKGROUND') ?? []).join('\n'),
    conditions: (sections.get('CONDITIONS') ?? []).map((text) => ({ text })),
    queries: texts.map((text, i) => ({
      id: `q${i + 1}`,
      text,
      kind: kinds[Math.min(i, kinds.length - 1)],
      target: {},
    })),
    source: 'imported',
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(
    `scenario ${index + 1}: ${issue.path.join('.')}: ${issue.message}`,
    'see the headings and the queries there',
  );
}

/** The scenarios in `text`, numbered from 1. Throws a UserError with the line of the first that does not fit. */
export function parseScenarioText(text: string, options: ScenarioTextOptions): Scenario[] {
  const blocks = [...text.matchAll(BLOCK)];
  const opened = text.split('<START_SCENARIO>').length - 1;
  if (blocks.length === 0 || blocks.length !== opened)
    throw new UserError(`${options.file}: ${opened} scenarios begin, ${blocks.length} end`, {
      hint: 'each scenario stands between <START_SCENARIO> and <END_SCENARIO>',
      location: { file: options.file },
    });
  return blocks.map((match, index) => toScenario(match[1], index, lineOf(text, match.index), options));
}
