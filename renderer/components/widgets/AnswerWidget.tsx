/** The widget that a query asks for. */
import { useTranslation } from 'react-i18next';
import type { Move } from '../../participant/draft.ts';
import { Choice } from './Choice.tsx';
import { ConfidenceSteps } from './ConfidenceSteps.tsx';
import { MultiClick } from './MultiClick.tsx';
import { NumberAnswer } from './NumberAnswer.tsx';
import { RatingLine, type RatingLineProps } from './RatingLine.tsx';
import { Roulette } from './Roulette.tsx';
import { TextAnswer } from './TextAnswer.tsx';
import type { WidgetProps } from './widget.ts';

type AnswerWidgetProps = Omit<WidgetProps, 'widget'> & { readonly onPaste: () => void };

/** The names at the ends of a contest, as one text each. */
function useSides({ target }: WidgetProps['query']): readonly [string, string] | undefined {
  const { language } = useTranslation().i18n;
  const format = new Intl.ListFormat(language, { type: 'conjunction' });
  if (!target?.sides) return undefined;
  const [first, second] = target.sides;
  return [format.format(first), format.format(second)];
}

export function AnswerWidget({ onPaste, ...props }: AnswerWidgetProps) {
  const { query, draft, onMove } = props;
  const { widget, scale } = query;
  const sides = useSides(query);
  const rating = draft?.answer.rating ?? null;
  const onRate = (value: number | null, move: Omit<Move, 'change' | 'value'>): void =>
    onMove({ ...move, change: { rating: value, missingCode: undefined }, value });

  const line = (showsNumber: RatingLineProps['showsNumber'], ends?: readonly [string, string]) =>
    scale && (
      <RatingLine
        {...props}
        name={query.id}
        scale={scale}
        rating={rating}
        keyboardStart={query.keyboardStart}
        showsNumber={showsNumber}
        sides={ends}
        onRate={onRate}
      />
    );

  switch (widget.kind) {
    case 'slider':
      return line(widget.showValue ?? 'never');
    case 'slider-number':
      return line('always');
    case 'contest':
      return line('after', sides);
    case 'confidence':
      return widget.form === 'steps' ? (
        <ConfidenceSteps {...props} rating={rating} onRate={onRate} />
      ) : (
        line(scale ? 'after' : 'never')
      );
    case 'number':
      return <NumberAnswer {...props} widget={widget} />;
    case 'multi-click':
      return scale && <MultiClick {...props} widget={widget} scale={scale} />;
    case 'roulette':
      return scale && <Roulette {...props} widget={widget} scale={scale} />;
    case 'choice':
      return <Choice {...props} widget={widget} />;
    case 'text':
      return <TextAnswer {...props} widget={widget} onPaste={onPaste} />;
    default:
      return widget satisfies never;
  }
}
