/** A typed number with its range said beside it. */
import { useTranslation } from 'react-i18next';
import { numberText } from '../../language/numbers.ts';
import { NumberField } from './NumberField.tsx';
import type { WidgetProps } from './widget.ts';

export function NumberAnswer({ query, widget, draft, isWanted, isReadOnly, labelId, onMove }: WidgetProps<'number'>) {
  const { t, i18n } = useTranslation();
  const { min, max, decimals = 0 } = widget;
  const [low, high] = [min, max].map((bound) => numberText(bound, i18n.language, decimals));
  const start = Number((min + ((max - min) * query.keyboardStart) / 100).toFixed(decimals));
  return (
    <div className="number-answer">
      <NumberField
        name={query.id}
        value={draft?.answer.number ?? null}
        min={min}
        max={max}
        decimals={decimals}
        keyboardStart={start}
        isReadOnly={isReadOnly}
        isInvalid={isWanted}
        labelledBy={labelId}
        describedBy={`range-${query.id}`}
        onNumber={(value, typed, isStart) =>
          onMove({
            change: { number: value ?? undefined, typed, missingCode: undefined },
            inputMode: 'number',
            value,
            ...(isStart ? { keyboardStart: query.keyboardStart } : {}),
          })
        }
      />
      <span className="room" id={`range-${query.id}`}>
        {t('number.range', { low, high })}
      </span>
    </div>
  );
}
