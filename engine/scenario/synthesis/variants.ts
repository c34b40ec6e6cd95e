/** Variants: a program with its evidence exchanged and its answers added to, by edits of its text. What is not named stays as it was. */
import type { EvidenceState } from '../../../shared/programCheck.ts';
import type { EvidencePart, ProgramParts } from './programParts.ts';

/** Answers added to a program: query id → expression. */
export type Probes = Readonly<Record<string, string>>;

const list = (names: readonly string[]): string => `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
const eventText = (event: string): string => (/^\d+$/.test(event) ? event : JSON.stringify(event));

/** `beats([…], […], event);` */
export const resultText = (winners: readonly string[], losers: readonly string[], event: string): string =>
  `beats(${list(winners)}, ${list(losers)}, ${eventText(event)});`;

/** How likely `second` is to win against `first`, as an expression. */
export const contestText = (first: readonly string[], second: readonly string[]): string =>
  `secondWins(${list(first)}, ${list(second)})`;

/** The level that a remark is about, as an expression. */
export const levelText = ({ factor, entity, event }: Extract<EvidencePart, { kind: 'remark' }>): string =>
  `${factor}(${JSON.stringify(entity)}, ${eventText(event)})`;

/** The statement of a piece of evidence: as it is, or the opposite of it. */
export function evidenceText(part: EvidencePart, isReversed = false): string {
  // The program may define only one of the two words: the opposite of high is that what is left of the level is high.
  if (part.kind === 'remark')
    return `${part.isHigh ? 'seemsHigh' : 'seemsLow'}(${isReversed ? '100 - ' : ''}${levelText(part)});`;
  const { winners, losers, event } = part;
  return isReversed ? resultText(losers, winners, event) : resultText(winners, losers, event);
}

/** `text` with spans replaced. */
function edit(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly by: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, by }) => changed.slice(0, start) + by + changed.slice(end), text);
}

/**
 * The program with each observation as `states` says, in their order: it stands, is left out, or the opposite is observed. Those beyond the
 * list stand.
 */
export const withEvidence = ({ text, evidence }: ProgramParts, states: readonly EvidenceState[]): string =>
  edit(
    text,
    evidence.flatMap((part, i) => {
      const state = states[i] ?? 'on';
      return state === 'on' ? [] : [{ ...part, by: state === 'off' ? '' : evidenceText(part, true) }];
    }),
  );

/** The prefix of what variants add, so that it meets no query id. */
export const ADDED = 'check_';

/** The name of the answer that says whether query `id` lies outside 0–100: 100 where it does, else 0. */
export const outsideId = (id: string): string => `${ADDED}outside_${id}`;

/**
 * The program with `evidence` in place of its own statements (at the place of the first, else before the return), answering the queries in
 * `ids` and `probes`. For each query `outsideId` tells whether the value was in range.
 */
export function variantOf(
  parts: ProgramParts,
  {
    evidence,
    ids,
    probes,
  }: { readonly evidence: readonly string[]; readonly ids: readonly string[]; readonly probes: Probes },
): string {
  const { text, answers, returned } = parts;
  const kept = answers.filter(({ id }) => ids.includes(id));
  const values = kept.map(({ id, value }) => `var ${ADDED}${id} = ${text.slice(value.start, value.end)};`);
  const properties = [
    ...kept.flatMap(({ id }) => [
      `${id}: ${ADDED}${id}`,
      `${outsideId(id)}: ${ADDED}${id} < 0 || ${ADDED}${id} > 100 ? 100 : 0`,
    ]),
    ...Object.entries(probes).map(([id, expression]) => `${id}: ${expression}`),
  ];
  const end = `${values.join('\n  ')}\n  return {${properties.join(', ')}};`;
  const place = parts.evidence[0]?.start ?? returned.start;
  return edit(text, [
    ...parts.evidence.map(({ start, end: stop }) => ({ start, end: stop, by: '' })),
    { start: returned.start, end: returned.end, by: end },
    // Last, so that it is not taken away with what begins at the same place.
    { start: place, end: place, by: `${evidence.join('\n  ')}\n  ` },
  ]);
}
