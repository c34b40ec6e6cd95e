/** Text check: slips of wording that a machine can see: placeholders left in, doubled words, wrong articles, punctuation, answers given away. */
import type { Scenario } from '../../shared/scenario.ts';

/** A rule: what it finds, and the pattern of the slip. */
type Rule = { readonly name: string; readonly pattern: RegExp };

const PLACEHOLDERS: readonly Rule[] = [
  {
    name: 'a placeholder',
    pattern: /[{}[\]<>$]|\b(undefined|null|NaN|TODO|TBD|XXX|lorem ipsum|PLAYER|TEAM|NAME)\b|_{2,}|\.{4,}/,
  },
];
const GRAMMAR: readonly Rule[] = [
  { name: 'a doubled word', pattern: /\b([a-z]+) \1\b/i },
  { name: 'a wrong article', pattern: /\b[Aa] (?!uni|use|eu|one)[aeiou]|\b[Aa]n [^aeiou\s]/ },
  { name: 'a space before punctuation', pattern: / [,.;:?!]/ },
  { name: 'doubled punctuation', pattern: /[,;:]{2}|[.?!][,;]|,\s*\./ },
  { name: 'a doubled space', pattern: / {2}/ },
  { name: 'a sentence that starts small', pattern: /(?:^|[.?!] )[a-z]/m },
  {
    name: 'a plural verb after one thing',
    pattern: /\b(which|it|he|she) (stay|change|depend|differ)\b(?<!, which stay)(?<!, which change)/,
  },
];
/** Words that would tell the answer instead of the evidence. Numbers name events only. */
const GIVEAWAYS: readonly Rule[] = [
  { name: 'a percentage', pattern: /\d\s*(%|percent)/ },
  { name: 'a rank', pattern: /\b(ranks?|ranked|ranking|percentile)\b/i },
  { name: 'a probability', pattern: /\b(probability|odds|chance of winning)\b/i },
  { name: 'a score', pattern: /\b\d+\s*[:–-]\s*\d+\b|\b\d+ (points?|out of)\b/ },
];

const firstMatch = (text: string, rules: readonly Rule[]): string[] =>
  rules.flatMap(({ name, pattern }) => {
    const match = pattern.exec(text);
    return match
      ? [
          `${name}: "${match[0].trim() || match[0]}" in "${text.slice(Math.max(0, match.index - 30), match.index + 40)}"`,
        ]
      : [];
  });

/** Slips in what a reader sees. Texts that are not ours to word (imported ones) are checked for placeholders only. */
export function findTextFaults(scenario: Scenario): string[] {
  const { background, conditions, queries } = scenario;
  const evidence = [background, ...conditions.map(({ text }) => text)];
  const questions = queries.map(({ text }) => text);
  return [
    ...[...evidence, ...questions].flatMap((text) => firstMatch(text, PLACEHOLDERS)),
    ...(scenario.source === 'built-in' ? [...evidence, ...questions].flatMap((text) => firstMatch(text, GRAMMAR)) : []),
    ...evidence.flatMap((text) => firstMatch(text, GIVEAWAYS)),
    ...questions.filter((text) => !text.endsWith('?')).map((text) => `a query without a question mark: "${text}"`),
  ];
}
