/** How sure, in five steps that stand for 0, 25, 50, 75 and 100. */
import { useTranslation } from 'react-i18next';
import type { Draft, Move } from '../../participant/draft.ts';
import { Choice } from './Choice.tsx';
import type { WidgetProps } from './widget.ts';

const STEPS = [0, 25, 50, 75, 100] as const;

type ConfidenceStepsProps = Omit<WidgetProps, 'widget' | 'draft' | 'onMove'> & {
  readonly rating: number | null;
  readonly draft: Draft | undefined;
  readonly onRate: (rating: number | null, move: Omit<Move, 'change' | 'value'>) => void;
};

export function ConfidenceSteps({ rating, draft, onRate, ...props }: ConfidenceStepsProps) {
  const { t } = useTranslation();
  const options = STEPS.map((at) => ({ id: String(at), label: t(`confidence.${at}`) }));
  const chosen = draft && { ...draft, answer: { rating: null, choice: rating === null ? [] : [String(rating)] } };
  return (
    <div className="steps">
      <Choice
        {...props}
        widget={{ kind: 'choice', options }}
        draft={chosen}
        onMove={({ change, inputMode }) => {
          const [id] = change.choice ?? [];
          onRate(id === undefined ? null : Number(id), { inputMode });
        }}
      />
    </div>
  );
}
