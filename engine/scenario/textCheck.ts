/** Text check: slips of wording that a machine can see: placeholders left in, doubled words, wrong articles, punctuation, answers given away. */
import type { Scenario } from '../../shared/scenario.ts';

/** A rule: what it finds, and the pattern of the slip. */
type Rule = { readonly name: string; readonly pattern: RegExp };

/** In any text, whoever wrote it: slots that a template or a language model left unfilled. */
const PLACEHOLDERS: readonly Rule[] = [
  {
    name: 'a placeholder',
    pattern: /\$?\{[^}]*\}|\[[A-Z][A-Z _\d]*\]|<[A-Z][A-Z_\d]*>|\b(undefined|NaN|TODO|TBD|lorem ipsum)\b|_{3,}/,
  },
];
/** Words that would tell the answer instead of the evidence. Numbers name events only. */
const GIVEAWAYS: readonly Rule[] = [
  { name: 'a percentage', pattern: /\d\s*(%|percent)/ },
  { name: 'a rank', pattern: /\b(ranks?|ranked|ranking|percentile)\b/i },
  { name: 'a probability', pattern: /\b(probability|odds|chance of winning)\b/i },
  { name: 'a score', pattern: /\b\d+\s*[:–-]\s*\d+\b|\b\d+ (points?|out of)\b/ },
];
/** In our own texts, whose forms are known. */
const GRAMMAR: readonly Rule[] = [
  { name: 'a sign that no text of ours has', pattern: /[{}[\]<>$]|\bnull\b/ },
  { name: 'a doubled word', pattern: /\b([a-z]+) \1\b/i },
  { name: 'a wrong article', pattern: /\b[Aa] (?!uni|use|eu|one)[aeiou]|\b[Aa]n [^aeiou\s]/ },
  { name: 'a space before punctuation', pattern: / [,.;:?!]/ },
  { name: 'doubled punctuation', pattern: /[,;:]{2}|[.?!][,;]|,\s*\./ },
  { name: 'a doubled space', pattern: / {2}/ },
  { name: 'a sentence that starts small', pattern: /(?:^|[.?!] )[a-z]/m },
  {
    name: 'a wrong number',
    pattern:
      /\b(it|he|she) (stay|change|depend|differ)\b|\b(teams|groups|crews) (is|has|was)\b|\band [a-z -]+ usually goes with\b/,
  },
  { name: 'a result that was planned', pattern: /\bAs planned, [A-Z]/ },
  {
    name: 'a list that can be read in two ways',
    pattern: /\b(exposure|reliance|contact|support|understanding) (to|on|with|from|of) \w+ and [a-z ]+ (help|hurt)\b/i,
  },
  { name: 'something one has no more of', pattern: /\bmore (good|calm|quick|interruption|training)\b/ },
];

const found = (texts: readonly string[], rules: readonly Rule[]): string[] =>
  texts.flatMap((text) =>
    rules.flatMap(({ name, pattern }) => {
      const match = pattern.exec(text);
      return match
        ? [`${name}: "${match[0]}" in "${text.slice(Math.max(0, match.index - 30), match.index + 40)}"`]
        : [];
    }),
  );

/**
 * Slips in what a reader sees. Placeholders are looked for in every text, answers given away in generated ones, grammar in our own: people
 * may write as they like.
 */
export function findTextFaults({ background, conditions, queries, source }: Scenario): string[] {
  const evidence = [background, ...conditions.map(({ text }) => text)];
  const questions = queries.map(({ text }) => text);
  const isOurs = source === 'built-in';
  return [
    ...found([...evidence, ...questions], PLACEHOLDERS),
    ...(isOurs || source === 'llm' ? found(evidence, GIVEAWAYS) : []),
    ...(isOurs ? found([...evidence, ...questions], GRAMMAR) : []),
    ...(isOurs ? questions.filter((text) => !text.endsWith('?')).map((text) => `no question mark: "${text}"`) : []),
  ];
}
