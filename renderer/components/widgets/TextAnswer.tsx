/** Words. That something was pasted is reported; what it was is not. */
import { useTranslation } from 'react-i18next';
import { WIDGET_DEFAULTS } from '../../../shared/widgetDefaults.ts';
import type { WidgetProps } from './widget.ts';

type TextAnswerProps = WidgetProps<'text'> & { readonly onPaste: () => void };

export function TextAnswer({ query, widget, draft, isWanted, isReadOnly, labelId, onMove, onPaste }: TextAnswerProps) {
  const { t } = useTranslation();
  const limit = widget.maxCharacters ?? WIDGET_DEFAULTS.characters;
  const text = draft?.answer.text ?? '';
  const attributes = {
    name: query.id,
    value: text,
    maxLength: limit,
    dir: 'auto',
    readOnly: isReadOnly,
    autoComplete: 'off',
    'aria-labelledby': labelId,
    'aria-describedby': `room-${query.id}`,
    'aria-invalid': isWanted,
    onPaste,
    onChange: (event: { target: { value: string } }) =>
      onMove({
        change: { text: event.target.value, missingCode: undefined },
        inputMode: 'keyboard',
        value: event.target.value.length,
        isContinued: text !== '',
      }),
  };
  return (
    <div className="text-answer">
      {widget.isLong ? <textarea rows={5} {...attributes} /> : <input type="text" {...attributes} />}
      <p className="room" id={`room-${query.id}`}>
        {t('text.room', { count: limit - text.length })}
      </p>
    </div>
  );
}
