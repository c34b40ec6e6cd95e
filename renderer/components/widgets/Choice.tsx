/** One option, or several, as large targets. Nothing is chosen beforehand. */
import type { ChangeEvent, KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { InputMode } from '../../participant/draft.ts';
import { pointerMode, type WidgetProps } from './widget.ts';

export function Choice({ query, widget, draft, isWanted, isReadOnly, onMove }: WidgetProps<'choice'>) {
  const chosen = draft?.answer.choice ?? [];
  const mode = useRef<InputMode>('assistive');

  const choose = (event: ChangeEvent<HTMLInputElement>, id: string): void => {
    const { checked } = event.target;
    const others = widget.isMultiple ? chosen.filter((other) => other !== id) : [];
    const choice = checked ? [...others, id] : others;
    onMove({ change: { choice, missingCode: undefined }, inputMode: mode.current, value: choice.length });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes by what the options within were chosen
    <div
      className={widget.options.length > 6 ? 'choice is-columns' : 'choice'}
      onPointerDown={(event: PointerEvent) => {
        mode.current = pointerMode(event.pointerType);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        mode.current = 'keyboard';
        // In a form, Enter would send it.
        if (event.key === 'Enter') event.preventDefault();
      }}
    >
      {widget.options.map(({ id, label }, i) => (
        <label key={id} className="option">
          <input
            type={widget.isMultiple ? 'checkbox' : 'radio'}
            name={i === 0 || !widget.isMultiple ? query.id : `${query.id}-${id}`}
            value={id}
            checked={chosen.includes(id)}
            disabled={isReadOnly}
            aria-invalid={widget.isMultiple ? isWanted : undefined}
            onChange={(event) => choose(event, id)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
