/** Whether an answer is one its widget can give: a second look on the host, so that no page stores what its widget does not offer. */
import type { SubmittedResponse } from '../../shared/response.ts';
import type { ShownQuery } from '../../shared/widget.ts';
import { WIDGET_DEFAULTS } from '../../shared/widgetDefaults.ts';

type Answer = Pick<SubmittedResponse, 'rating' | 'samples' | 'chips' | 'number' | 'choice' | 'text' | 'missingCode'>;
type AnswerField = 'rating' | 'samples' | 'chips' | 'number' | 'choice' | 'text';

const given = (answer: Answer): AnswerField[] =>
  (['rating', 'samples', 'chips', 'number', 'choice', 'text'] as const).filter((field) =>
    field === 'rating' ? answer.rating !== null : answer[field] !== undefined,
  );

/** The fault when other fields are filled than a widget fills. */
function wrongFields(answer: Answer, allowed: readonly AnswerField[]): string | undefined {
  const extra = given(answer).find((field) => !allowed.includes(field));
  if (extra) return `it fills "${extra}"`;
  return given(answer).includes(allowed[0]) ? undefined : `it leaves "${allowed[0]}" empty`;
}

function wrongChoice(choice: readonly string[], widget: Extract<ShownQuery['widget'], { kind: 'choice' }>) {
  const unknown = choice.find((id) => !widget.options.some((option) => option.id === id));
  if (unknown !== undefined) return `"${unknown}" is not an option`;
  if (new Set(choice).size !== choice.length) return 'an option is chosen twice';
  if (!widget.isMultiple && choice.length !== 1) return `${choice.length} options are chosen, not one`;
  return undefined;
}

/** Why this is no answer of the query's widget, in words; undefined when it is. A missing answer with its code always may be. */
export function findAnswerFault({ widget }: Pick<ShownQuery, 'widget'>, answer: Answer): string | undefined {
  if (answer.missingCode !== undefined) return given(answer).length > 0 ? 'it is missing and given' : undefined;
  switch (widget.kind) {
    case 'slider':
    case 'slider-number':
    case 'contest':
    case 'confidence':
      return wrongFields(answer, ['rating']);
    case 'multi-click': {
      const wanted = widget.count ?? WIDGET_DEFAULTS.clicks;
      const count = answer.samples?.length ?? 0;
      if (count > wanted || (count < wanted && !widget.mayFallShort)) return `it has ${count} of ${wanted} values`;
      return wrongFields(answer, ['samples', 'rating']);
    }
    case 'roulette': {
      const bins = widget.bins ?? WIDGET_DEFAULTS.bins;
      const chips = widget.chips ?? WIDGET_DEFAULTS.chips;
      const placed = (answer.chips ?? []).reduce((sum, n) => sum + n, 0);
      if (answer.chips?.length !== bins) return `it has ${answer.chips?.length ?? 0} of ${bins} bins`;
      if (placed !== chips) return `${placed} of ${chips} chips are placed`;
      return wrongFields(answer, ['chips', 'rating']);
    }
    case 'number': {
      const { number } = answer;
      if (number !== undefined && (number < widget.min || number > widget.max))
        return `${number} is not from ${widget.min} to ${widget.max}`;
      return wrongFields(answer, ['number']);
    }
    case 'choice':
      return (answer.choice && wrongChoice(answer.choice, widget)) ?? wrongFields(answer, ['choice']);
    case 'text': {
      const most = widget.maxCharacters ?? WIDGET_DEFAULTS.characters;
      if ((answer.text?.length ?? 0) > most) return `it has ${answer.text?.length} of at most ${most} characters`;
      return wrongFields(answer, ['text']);
    }
    default:
      return widget satisfies never;
  }
}
