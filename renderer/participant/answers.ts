/** Answers of a screen: which queries still want one, and the responses that are sent for all of them. */
import { chipsMean, meanRating } from '../../shared/impliedRating.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { ScreenOf } from '../../shared/screen.ts';
import type { ShownQuery } from '../../shared/widget.ts';
import { WIDGET_DEFAULTS } from '../../shared/widgetDefaults.ts';
import type { Draft, DraftAnswer, Drafts, InputMode } from './draft.ts';

type QuestionsScreen = Pick<ScreenOf<'questions'>, 'queries' | 'trialIndex' | 'scenarioId'>;

/** How far an answer is: `partial` is begun (some marks or chips, an unusable number), `short` may be confirmed as it is. */
export type Progress = 'empty' | 'partial' | 'short' | 'complete';

/** How many chips are placed. */
export const placedChips = (chips: readonly number[] = []): number => chips.reduce((sum, n) => sum + n, 0);

/** The marks that are placed, in the order of placing. */
export const placedMarks = ({ marks = [] }: DraftAnswer) =>
  marks.filter((mark) => mark !== null).sort((a, b) => a.placedMs - b.placedMs);

const begun = (count: number, wanted: number): Progress =>
  count === 0 ? 'empty' : count < wanted ? 'partial' : 'complete';

/** How far the answer to `query` is, a missing code apart. */
export function progressOf({ widget }: Pick<ShownQuery, 'widget'>, answer: DraftAnswer | undefined): Progress {
  if (!answer) return 'empty';
  switch (widget.kind) {
    case 'slider':
    case 'slider-number':
    case 'contest':
    case 'confidence':
      return answer.rating === null ? 'empty' : 'complete';
    case 'number':
      return answer.number !== undefined ? 'complete' : answer.typed ? 'partial' : 'empty';
    case 'multi-click': {
      const progress = begun(placedMarks(answer).length, widget.count ?? WIDGET_DEFAULTS.clicks);
      return progress === 'partial' && widget.mayFallShort ? 'short' : progress;
    }
    case 'roulette':
      return begun(placedChips(answer.chips), widget.chips ?? WIDGET_DEFAULTS.chips);
    case 'choice':
      return answer.choice?.length ? 'complete' : 'empty';
    case 'text':
      return answer.text?.trim() ? 'complete' : 'empty';
    default:
      return widget satisfies never;
  }
}

/** The queries that keep the participant from going on, those of them that are begun, and those whose short answers are to be confirmed. */
export function wantedOf(
  queries: readonly ShownQuery[],
  drafts: Drafts,
): { readonly missing: string[]; readonly begun: string[]; readonly short: string[] } {
  const states = queries.map((query) => {
    const answer = drafts[query.id]?.answer;
    const progress = answer?.missingCode ? 'complete' : progressOf(query, answer);
    return { id: query.id, progress: progress === 'empty' && query.requirement === 'optional' ? 'complete' : progress };
  });
  const named = (...which: Progress[]): string[] => states.filter((s) => which.includes(s.progress)).map((s) => s.id);
  return { missing: named('empty', 'partial'), begun: named('partial'), short: named('short') };
}

/** The answer fields of a response: exactly one of an answer and a missing code. */
function answerFields(
  query: ShownQuery,
  answer: DraftAnswer | undefined,
  code: 'skipped' | 'timed_out',
): Partial<SubmittedResponse> & Pick<SubmittedResponse, 'rating'> {
  const missing = { rating: null, missingCode: answer?.missingCode ?? code };
  if (!answer || answer.missingCode) return missing;
  const marks = placedMarks(answer);
  switch (query.widget.kind) {
    case 'multi-click': {
      const samples = marks.map(({ rating }) => rating);
      return samples.length > 0 ? { rating: meanRating(samples), samples } : missing;
    }
    case 'roulette': {
      const chips = answer.chips ?? [];
      return placedChips(chips) > 0 ? { rating: chipsMean(chips), chips: [...chips] } : missing;
    }
    case 'number':
      return answer.number === undefined ? missing : { rating: null, number: answer.number };
    case 'choice':
      return answer.choice?.length ? { rating: null, choice: [...answer.choice] } : missing;
    case 'text':
      return answer.text?.trim() ? { rating: null, text: answer.text } : missing;
    default:
      return answer.rating === null ? missing : { rating: answer.rating };
  }
}

/** What is known of the whole screen when it is left. Times are in milliseconds. */
export type ScreenTiming = {
  /** On the page's monotonic clock; the others since then. */
  readonly onsetMs: number;
  readonly commitMs: number;
  readonly awayMs: number;
  readonly hiddenMs: number;
  readonly endedOn: 'response' | 'timeout';
  /** How the screen was left, which stands for queries that were not touched. */
  readonly inputMode: InputMode;
};

function inputFields(draft: Draft): Partial<SubmittedResponse> {
  const { answer: _, trace, ...fields } = draft;
  return { ...fields, trace: trace.map(([atMs, value]) => [atMs, value]) };
}

/** One response per query of the screen, in the order of its queries, numbered from `firstClientSeq`. */
export function responsesOf(
  screen: QuestionsScreen,
  drafts: Drafts,
  options: { readonly firstClientSeq: number; readonly timing: ScreenTiming },
): SubmittedResponse[] {
  const { firstClientSeq, timing } = options;
  const code = timing.endedOn === 'timeout' ? 'timed_out' : 'skipped';
  return screen.queries.map((query, i) => {
    const draft = drafts[query.id];
    const confidence = draft?.answer.confidence;
    return {
      clientSeq: firstClientSeq + i,
      trialIndex: screen.trialIndex,
      scenarioId: screen.scenarioId,
      queryId: query.id,
      adjustments: 0,
      ...timing,
      ...(draft ? inputFields(draft) : {}),
      ...answerFields(query, draft?.answer, code),
      ...(confidence === undefined ? {} : { confidence }),
      ...(query.scale ? { direction: query.scale.direction } : {}),
    };
  });
}

/** A stored answer as a draft again: after a reload without what was kept, and on the way back. */
export function draftOf({ widget }: ShownQuery, response: SubmittedResponse): Draft {
  const { rating, samples, chips, number, choice, text, missingCode, confidence, inputMode } = response;
  const count = widget.kind === 'multi-click' ? (widget.count ?? WIDGET_DEFAULTS.clicks) : 0;
  const marks =
    samples && Array.from({ length: count }, (_, i) => (i in samples ? { rating: samples[i], placedMs: i } : null));
  const isLine = samples === undefined && chips === undefined;
  return {
    answer: { rating: isLine ? rating : null, marks, chips, number, choice, text, missingCode, confidence },
    inputMode,
    firstInputMs: response.firstInputMs ?? 0,
    lastInputMs: response.lastInputMs ?? 0,
    adjustments: response.adjustments,
    pathLength: response.pathLength ?? 0,
    ...(response.keyboardStart === undefined ? {} : { keyboardStart: response.keyboardStart }),
    trace: response.trace ?? [],
  };
}
