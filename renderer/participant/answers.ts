/** Answers of the page that is shown: drafts while the participant decides, responses once they continue. */
import type { SubmittedResponse } from '../../shared/response.ts';
import type { ScreenOf } from '../../shared/screen.ts';

type InputMode = SubmittedResponse['inputMode'];

/** An answer being made. `rating` is null until the participant has touched the scale: unset is missing, never 50. */
export type Draft = {
  readonly rating: number | null;
  readonly inputMode: InputMode;
  readonly firstInputMs: number;
  readonly lastInputMs: number;
  readonly adjustments: number;
};
export type Drafts = Readonly<Record<string, Draft>>;

/** One move of the participant's: the rating it leaves, how it was made and when, in ms since the page was shown. */
export type Move = { readonly rating: number | null; readonly inputMode: InputMode; readonly atMs: number };

/** The draft after one more move. A move that leaves the rating as it was changes only its time. */
export function moved(draft: Draft | undefined, move: Move): Draft {
  const { rating, inputMode, atMs } = move;
  if (!draft) return { rating, inputMode, firstInputMs: atMs, lastInputMs: atMs, adjustments: 0 };
  const isChange = draft.rating !== rating;
  return { ...draft, rating, inputMode, lastInputMs: atMs, adjustments: draft.adjustments + (isChange ? 1 : 0) };
}

/** The queries of a screen that have no rating yet, in order. */
export const unanswered = (screen: Pick<ScreenOf<'questions'>, 'queries'>, drafts: Drafts): string[] =>
  screen.queries.map(({ id }) => id).filter((id) => (drafts[id]?.rating ?? null) === null);

export type PageOfAnswers = {
  readonly screen: Pick<ScreenOf<'questions'>, 'scenarioId' | 'trialIndex' | 'queries'>;
  readonly drafts: Drafts;
  /** The number the first of these responses carries. */
  readonly firstClientSeq: number;
  readonly commitMs: number;
};

/** The responses of a page whose queries all have a rating, in the order of its queries. */
export function responsesOf(page: PageOfAnswers): SubmittedResponse[] {
  return page.screen.queries.flatMap((query, i) => {
    const draft = page.drafts[query.id];
    if (!draft) return [];
    return {
      clientSeq: page.firstClientSeq + i,
      trialIndex: page.screen.trialIndex,
      scenarioId: page.screen.scenarioId,
      queryId: query.id,
      commitMs: page.commitMs,
      ...draft,
    };
  });
}
