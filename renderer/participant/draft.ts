/** A draft: an answer being made. Nothing is preset; what was not touched is missing, never 50. The raw input is kept, fits are derived later. */
import type { SubmittedResponse } from '../../shared/response.ts';

export type InputMode = SubmittedResponse['inputMode'];

/** One mark of a multi-click line, at a place of its own so that taking one away moves no other. */
export type Mark = { readonly rating: number; readonly placedMs: number };

/** What a widget has filled so far; each fills its own fields. */
export type DraftAnswer = {
  /** Slider, contest and confidence; null while unset. */
  readonly rating: number | null;
  readonly marks?: readonly (Mark | null)[];
  readonly chips?: readonly number[];
  /** The number as it was typed, and what it says (absent while it says none). */
  readonly typed?: string;
  readonly number?: number;
  readonly choice?: readonly string[];
  readonly text?: string;
  readonly missingCode?: SubmittedResponse['missingCode'];
  readonly confidence?: number;
};

export type Draft = {
  readonly answer: DraftAnswer;
  readonly inputMode: InputMode;
  /** Milliseconds since the screen was presented. */
  readonly firstInputMs: number;
  readonly lastInputMs: number;
  readonly adjustments: number;
  readonly pathLength: number;
  readonly keyboardStart?: number;
  /** Every input: milliseconds since the screen was presented, and the value it left. */
  readonly trace: readonly (readonly [number, number | null])[];
};
export type Drafts = Readonly<Record<string, Draft>>;

/** One input of the participant's. */
export type Move = {
  readonly change: Partial<DraftAnswer>;
  readonly inputMode: InputMode;
  /** The value this input leaves, for the trace: a rating, a number of marks, chips or options, or null for cleared. */
  readonly value: number | null;
  /** Points of the scale a handle travelled by it. */
  readonly travel?: number;
  /** Part of a gesture that has begun already, such as a drag: one adjustment together. */
  readonly isContinued?: boolean;
  readonly keyboardStart?: number;
};

const LONGEST_TRACE = 1000;

/** Where a trace grows too long, every second of its inner points goes. */
function extended(trace: Draft['trace'], point: Draft['trace'][number]): Draft['trace'] {
  const thinned = trace.length < LONGEST_TRACE - 1 ? trace : trace.filter((_, i) => i % 2 === 0);
  return [...thinned, point];
}

/** The draft after one more input at `atMs` since the screen was presented. */
export function moved(draft: Draft | undefined, move: Move, atMs: number): Draft {
  const { change, inputMode, value, travel = 0, isContinued = false } = move;
  const start = move.keyboardStart === undefined ? {} : { keyboardStart: move.keyboardStart };
  if (!draft)
    return {
      answer: { rating: null, ...change },
      inputMode,
      firstInputMs: atMs,
      lastInputMs: atMs,
      adjustments: 0,
      pathLength: travel,
      trace: [[atMs, value]],
      ...start,
    };
  return {
    ...draft,
    answer: { ...draft.answer, ...change },
    inputMode,
    lastInputMs: atMs,
    adjustments: draft.adjustments + (isContinued ? 0 : 1),
    pathLength: draft.pathLength + travel,
    trace: extended(draft.trace, [atMs, value]),
    ...start,
  };
}
