/** One query: a line from 0 to 100 that shows no handle until it is touched, and a number field linked to it. */
import { useRef } from 'react';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { Query } from '../../shared/scenario.ts';
import type { Scale } from '../../shared/study.ts';
import { useParticipant } from '../state/participantStore.ts';

type InputMode = SubmittedResponse['inputMode'];
type RatingScaleProps = {
  readonly query: Query;
  readonly scale: Scale | undefined;
  /** Marked as the answer that is still missing. */
  readonly isWanted: boolean;
};

const POINTER_MODES: Readonly<Record<string, InputMode>> = { mouse: 'mouse', touch: 'touch', pen: 'pen' };

/** The number typed, or null for an empty field and for what is no answer. */
function typedRating(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 100 ? Math.round(value) : null;
}

/** The labels at 0 and 100; those of a contest name the sides. */
function endLabels({ kind, target }: Query, scale: Scale | undefined): readonly [string, string] {
  const low = scale?.lowLabel ?? '0';
  const high = scale?.highLabel ?? '100';
  if (kind !== 'contest' || !target.sides) return [low, high];
  const [first, second] = target.sides.map((names) => names.join(' and '));
  return [`${low} (${first})`, `${high} (${second})`];
}

export function RatingScale({ query, scale, isWanted }: RatingScaleProps) {
  const rating = useParticipant((state) => state.drafts[query.id]?.rating ?? null);
  const answer = useParticipant((state) => state.answer);
  const mode = useRef<InputMode>('mouse');
  const rate = (value: number | null, inputMode: InputMode): void => answer(query.id, { rating: value, inputMode });
  const [low, high] = endLabels(query, scale);
  return (
    <fieldset className={isWanted ? 'query is-wanted' : 'query'}>
      <legend id={`query-${query.id}`}>{query.text}</legend>
      <div className="scale">
        <input
          type="range"
          className={rating === null ? 'is-unset' : undefined}
          min={0}
          max={100}
          step={1}
          value={rating ?? 50}
          aria-labelledby={`query-${query.id}`}
          aria-describedby={`ends-${query.id}`}
          aria-valuetext={rating === null ? 'not answered yet' : String(rating)}
          onPointerDown={(event) => {
            mode.current = POINTER_MODES[event.pointerType] ?? 'mouse';
          }}
          onKeyDown={() => {
            mode.current = 'keyboard';
          }}
          onChange={(event) => rate(event.target.valueAsNumber, mode.current)}
          // Pressing exactly where the hidden handle rests changes nothing for the browser, but it is an answer.
          onPointerUp={(event) => {
            if (rating === null) rate(event.currentTarget.valueAsNumber, mode.current);
          }}
        />
        <input
          type="number"
          name={query.id}
          inputMode="numeric"
          min={0}
          max={100}
          step={1}
          value={rating ?? ''}
          aria-labelledby={`query-${query.id}`}
          aria-describedby={`ends-${query.id}`}
          aria-invalid={isWanted}
          onChange={(event) => rate(typedRating(event.target.value), 'number')}
        />
      </div>
      <p className="ends" id={`ends-${query.id}`}>
        <span>{low}</span>
        <span>{high}</span>
      </p>
    </fieldset>
  );
}
