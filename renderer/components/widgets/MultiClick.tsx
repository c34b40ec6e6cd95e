/** Several marks on one line, each also a number field of its own, with how many are placed. Equal values may be given twice. */
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownScale } from '../../../shared/widget.ts';
import { WIDGET_DEFAULTS } from '../../../shared/widgetDefaults.ts';
import { numberText } from '../../language/numbers.ts';
import type { InputMode, Move } from '../../participant/draft.ts';
import { Line, placeOf } from './Line.tsx';
import { keyEffect } from './lineKeys.ts';
import { countPlaced, freePlace, marksOf, withMark } from './marks.ts';
import { NumberField } from './NumberField.tsx';
import { useLinePointer } from './useLinePointer.ts';
import { clickMode, type WidgetProps } from './widget.ts';

type MultiClickProps = WidgetProps<'multi-click'> & { readonly scale: ShownScale };

export function MultiClick(props: MultiClickProps) {
  const { query, widget, scale, draft, isWanted, isReadOnly, labelId, onMove } = props;
  const { t, i18n } = useTranslation();
  const line = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const count = widget.count ?? WIDGET_DEFAULTS.clicks;
  const marks = marksOf(draft?.answer.marks, count);
  const placed = countPlaced(marks);
  const { keyboardStart } = query;
  const endsId = `ends-${query.id}`;
  const numberOf = (value: number): string => numberText(value, i18n.language);

  const set = (place: number, rating: number | null, inputMode: InputMode, more: Partial<Move> = {}): void => {
    const before = marks[place]?.rating;
    onMove({
      change: { marks: withMark(marks, place, rating, performance.now()), missingCode: undefined },
      inputMode,
      value: rating,
      travel: before === undefined || rating === null ? 0 : Math.abs(rating - before),
      ...more,
    });
  };

  const pointer = useLinePointer({
    direction: scale.direction,
    ratings: marks.map((mark) => mark?.rating ?? null),
    place(rating, inputMode) {
      const place = freePlace(marks);
      if (place < 0) return null;
      set(place, rating, inputMode);
      return place;
    },
    drag: (place, rating, { inputMode, isContinued }) => set(place, rating, inputMode, { isContinued }),
    focus: (place) => {
      setActive(place);
      // A mark that was just placed is drawn first.
      requestAnimationFrame(() =>
        line.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus({ preventScroll: true }),
      );
    },
  });

  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    if (isReadOnly || event.altKey || event.ctrlKey || event.metaKey) return;
    const effect = keyEffect(event.key, marks[place]?.rating ?? null, { direction: scale.direction, keyboardStart });
    if (!effect) return;
    event.preventDefault();
    set(place, effect.kind === 'clear' ? null : effect.rating, 'keyboard', { isContinued: event.repeat });
  };

  return (
    <div className="multi-click" ref={line}>
      <Line scale={scale} endsId={endsId} isUnset={placed === 0} pointer={isReadOnly ? null : pointer}>
        {marks.map((mark, place) =>
          mark === null ? null : (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is what a mark is known by
              key={place}
              className={active === place ? 'mark is-active' : 'mark'}
              data-place={place}
              role="slider"
              // The number fields are the keyboard's way in; a mark takes the focus when it is pressed.
              tabIndex={-1}
              style={placeOf(mark.rating)}
              aria-label={t('marks.mark', { number: numberOf(place + 1) })}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={mark.rating}
              aria-valuetext={numberOf(mark.rating)}
              onFocus={() => setActive(place)}
              onKeyDown={(event) => onKeyDown(event, place)}
            />
          ),
        )}
      </Line>
      {/* biome-ignore lint/a11y/useSemanticElements: the query's own fieldset is around it */}
      <div className="mark-fields" role="group" aria-labelledby={labelId} aria-describedby={endsId}>
        {marks.map((mark, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is what a mark is known by
          <span key={place} className={active === place && mark ? 'mark-field is-active' : 'mark-field'}>
            <NumberField
              name={place === Math.max(0, freePlace(marks)) ? query.id : undefined}
              value={mark?.rating ?? null}
              min={0}
              max={100}
              decimals={0}
              keyboardStart={keyboardStart}
              label={t('marks.field', { number: numberOf(place + 1), of: numberOf(count) })}
              describedBy={endsId}
              isReadOnly={isReadOnly}
              isInvalid={isWanted && mark === null}
              onNumber={(value, _typed, isStart) => {
                if (value !== (mark?.rating ?? null)) set(place, value, 'number', isStart ? { keyboardStart } : {});
              }}
            />
            {!isReadOnly && mark !== null && (
              <button
                type="button"
                className="small is-quiet"
                tabIndex={-1}
                aria-label={t('marks.remove', { number: numberOf(place + 1) })}
                onClick={(event) => set(place, null, clickMode(event))}
              >
                ×
              </button>
            )}
          </span>
        ))}
        <output className={placed === count ? 'placed is-complete' : 'placed'}>
          {t('marks.placed', { placed: numberOf(placed), of: numberOf(count) })}
        </output>
      </div>
    </div>
  );
}
