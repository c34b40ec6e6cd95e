/**
 * Outcome parser: reads from a condition's text who met whom and who did better, as a reader would, knowing the names and the phrases of
 * the language but not the facts. It is the independent half of the check that text and facts agree.
 */
import type { OutcomePhrases } from './domains/subject.ts';
import type { ObservedEvent } from './motifCheck.ts';
import { CALL_SIGNS, PEOPLE } from './names.ts';

const NAMES = new Set([...PEOPLE, ...CALL_SIGNS]);

const namesIn = (text: string): string[] => (text.match(/[A-Z][a-z]+/g) ?? []).filter((word) => NAMES.has(word));

type Phrase = { readonly text: string; readonly winner: 0 | 1 };

/** Longest first, so that `did better than` is not taken for a part of something longer. */
const phrasesOf = ({ won, lost }: OutcomePhrases): Phrase[] =>
  [...won.map((text): Phrase => ({ text, winner: 0 })), ...lost.map((text): Phrase => ({ text, winner: 1 }))].sort(
    (a, b) => b.text.length - a.text.length,
  );

function parseSentence(sentence: string, phrases: readonly Phrase[]): ObservedEvent | undefined {
  for (const { text, winner } of phrases) {
    const at = sentence.indexOf(` ${text} `);
    if (at < 0) continue;
    const first = namesIn(sentence.slice(0, at));
    const second = namesIn(sentence.slice(at));
    if (first.length > 0 && second.length > 0) return { sides: [first, second], winner };
  }
  return undefined;
}

/** Other ways to tell an event: `Sides: A; B. Finding: the first side did better.`, `A against B. The second side…`, `2 | A | B | first |`. */
const NAMED_SIDES = [
  /Sides: (.+?); (.+?)\. Finding.*?: the (first|second) side did better/,
  /: (.+?) against (.+?)\. .*?[Tt]he (first|second) side did better/,
  /^\d+ \| (.+?) \| (.+?) \| (first|second)\b/,
];

function parseNamedSides(text: string): ObservedEvent | undefined {
  for (const pattern of NAMED_SIDES) {
    const match = pattern.exec(text);
    if (match) return { sides: [namesIn(match[1]), namesIn(match[2])], winner: match[3] === 'first' ? 0 : 1 };
  }
  return undefined;
}

/** The event that `text` tells, or nothing if no sentence of it compares two sides. */
export function parseOutcome(text: string, outcomes: OutcomePhrases): ObservedEvent | undefined {
  const named = parseNamedSides(text);
  if (named) return named;
  const phrases = phrasesOf(outcomes);
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    const found = parseSentence(sentence, phrases);
    if (found) return found;
  }
  return undefined;
}
