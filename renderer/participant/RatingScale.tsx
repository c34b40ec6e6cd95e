/** One query: a line from 0 to 100 that shows no handle until it is touched, and a number field linked to it. */
import { useRef } from 'react';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { ShownQuery } from '../../shared/widget.ts';
import { useParticipant } from '../state/participantStore.ts';

type InputMode = SubmittedResponse['inputMode'];
type RatingScaleProps = {
  readonly query: ShownQuery;
  /** Marked as the answer that is still missing. */
  readonly isWanted: boolean;
};

const POINTER_MODES: Readonly<Record<string, InputMode>> = { mouse: 'mouse', touch: 'touch', pen: 'pen' };

/** The number typed, or null for an empty field and for what is no answer. */
function typedRating(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 100 ? Math.round(value) : null;
}

export function RatingScale({ query, isWanted }: RatingScaleProps) {
  const rating = useParticipant((state) => state.drafts[query.id]?.rating ?? null);
  const answer = useParticipant((state) => state.answer);
  const mode = useRef<InputMode>('mouse');
  const rate = (value: number | null, inputMode: InputMode): void => answer(query.id, { rating: value, inputMode });
  const { lowLabel: low = '0', highLabel: high = '100' } = query.scale ?? {};
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
