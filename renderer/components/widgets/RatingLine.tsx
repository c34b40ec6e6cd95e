/** Slider, slider with a number, contest and confidence: one handle on a line, which is not there until the line is pressed or a value typed. */
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownScale } from '../../../shared/widget.ts';
import { numberText } from '../../language/numbers.ts';
import type { InputMode, Move } from '../../participant/draft.ts';
import { Line, placeOf } from './Line.tsx';
import { keyEffect } from './lineKeys.ts';
import { NumberField } from './NumberField.tsx';
import { useLinePointer } from './useLinePointer.ts';
import { clickMode } from './widget.ts';

export type RatingLineProps = {
  /** Names the number field, by which a missing answer is found. */
  readonly name: string;
  readonly scale: ShownScale;
  readonly rating: number | null;
  readonly keyboardStart: number;
  /** `always`: a number field beside the line · `after`: the number once it is set · `never`. The field can always be reached by keyboard. */
  readonly showsNumber: 'always' | 'after' | 'never';
  /** The two sides of a contest; none for other lines. */
  readonly sides?: readonly [string, string];
  readonly isWanted: boolean;
  readonly isReadOnly: boolean;
  readonly labelId: string;
  /** A move without its field: the line does not know which one it fills. */
  readonly onRate: (rating: number | null, move: Omit<Move, 'change' | 'value'>) => void;
};

/** A rating of a contest as words: which side, and how much of 100. */
function useValueText({ rating, sides }: Pick<RatingLineProps, 'rating' | 'sides'>): string {
  const { t, i18n } = useTranslation();
  if (rating === null) return t('line.unset');
  const number = numberText(rating, i18n.language);
  if (!sides) return number;
  return rating === 50 ? t('contest.even') : t('contest.value', { number, side: sides[1] });
}

function Split({ rating, sides }: { readonly rating: number; readonly sides: readonly [string, string] }) {
  const { language } = useTranslation().i18n;
  return (
    <p className="line-split" aria-hidden="true">
      <span>
        {sides[0]} <b>{numberText(100 - rating, language)}</b>
      </span>{' '}
      <span>
        <b>{numberText(rating, language)}</b> {sides[1]}
      </span>
    </p>
  );
}

export function RatingLine(props: RatingLineProps) {
  const { name, scale, rating, keyboardStart, isReadOnly, labelId, onRate } = props;
  const { t, i18n } = useTranslation();
  const handle = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  const endsId = `ends-${name}`;
  const rate = (value: number | null, inputMode: InputMode, more: Partial<Move> = {}): void =>
    onRate(value, { inputMode, ...more, travel: rating === null || value === null ? 0 : Math.abs(value - rating) });

  const pointer = useLinePointer({
    direction: scale.direction,
    ratings: [rating],
    place(value, inputMode) {
      rate(value, inputMode);
      return 0;
    },
    focus: () => handle.current?.focus({ preventScroll: true }),
    drag: (_, value, { inputMode, isContinued }) => rate(value, inputMode, { isContinued }),
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isReadOnly || event.altKey || event.ctrlKey || event.metaKey) return;
    // A digit belongs to the number field, which takes the focus before the digit is written.
    if (/^\p{Nd}$/u.test(event.key)) {
      const input = field.current?.querySelector('input');
      input?.focus();
      input?.select();
      return;
    }
    const effect = keyEffect(event.key, rating, { direction: scale.direction, keyboardStart });
    if (!effect) return;
    event.preventDefault();
    const more = { isContinued: event.repeat };
    if (effect.kind === 'clear') rate(null, 'keyboard', more);
    else rate(effect.rating, 'keyboard', effect.isStart ? { ...more, keyboardStart } : more);
  };

  const step = (by: number) => (
    <button
      type="button"
      className="small"
      tabIndex={-1}
      aria-label={by < 0 ? t('line.less') : t('line.more')}
      disabled={rating === null || rating + by < 0 || rating + by > 100}
      onClick={(event) => rating !== null && rate(Math.round(rating) + by, clickMode(event))}
    >
      {by < 0 ? '−' : '+'}
    </button>
  );

  return (
    <div className={`rating is-number-${props.showsNumber}`}>
      {props.sides && rating !== null && props.showsNumber !== 'never' && <Split rating={rating} sides={props.sides} />}
      <Line
        scale={scale}
        endsId={endsId}
        isUnset={rating === null}
        pointer={isReadOnly ? null : pointer}
        middle={props.sides ? t('contest.even') : undefined}
      >
        <div
          ref={handle}
          className="handle"
          role="slider"
          tabIndex={0}
          // While nothing is set the text is what is read; the number only has to be there.
          style={placeOf(rating ?? 50)}
          aria-labelledby={labelId}
          aria-describedby={endsId}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={rating ?? 0}
          aria-valuetext={useValueText(props)}
          aria-readonly={isReadOnly}
          onKeyDown={onKeyDown}
        />
      </Line>
      <div className="rating-tools" ref={field}>
        {!isReadOnly && step(-1)}
        <NumberField
          name={name}
          value={rating}
          min={0}
          max={100}
          decimals={0}
          keyboardStart={keyboardStart}
          labelledBy={labelId}
          describedBy={endsId}
          isReadOnly={isReadOnly}
          isInvalid={props.isWanted}
          onNumber={(value, _typed, isStart) => rate(value, 'number', isStart ? { keyboardStart } : {})}
        />
        {props.showsNumber === 'after' && !props.sides && (
          <output className="shown-number">{rating === null ? '' : numberText(rating, i18n.language)}</output>
        )}
        {!isReadOnly && step(1)}
        {!isReadOnly && (
          <button
            type="button"
            className="small is-quiet"
            tabIndex={-1}
            aria-label={t('line.clear')}
            title={t('line.clear')}
            disabled={rating === null}
            onClick={(event) => rate(null, clickMode(event))}
          >
            ×
          </button>
        )}
      </div>
    </div>
  );
}
