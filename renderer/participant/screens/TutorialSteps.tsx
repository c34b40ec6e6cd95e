/** What to try with a widget, ticked off as it is done. */
import { useTranslation } from 'react-i18next';
import type { Widget } from '../../../shared/widget.ts';
import type { Draft } from '../draft.ts';
import { countSteps, stepsFor } from '../tutorial.ts';

type TutorialStepsProps = { readonly widget: Widget; readonly trace: Draft['trace'] };

/** Whether everything was tried. */
export const isTried = ({ widget, trace }: TutorialStepsProps): boolean => countSteps(trace) >= stepsFor(widget).length;

export function TutorialSteps({ widget, trace }: TutorialStepsProps) {
  const { t } = useTranslation();
  const done = countSteps(trace);
  return (
    <div className="tutorial">
      <ol aria-label={t('tutorial.label')}>
        {stepsFor(widget).map((step, i) => (
          <li key={step} className={i < done ? 'is-done' : undefined} aria-current={i === done ? 'step' : undefined}>
            {t(`tutorial.${step}`)}
          </li>
        ))}
      </ol>
      <p role="status">{isTried({ widget, trace }) && t('tutorial.done')}</p>
    </div>
  );
}
