/** A typed number in any digits: empty is no answer, and what says no number in range is kept as typed but counts as none. */
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText, parseNumber } from '../../language/numbers.ts';

type NumberFieldProps = {
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  /** Where the arrow keys start from an empty field. */
  readonly keyboardStart: number;
  readonly name?: string;
  readonly className?: string;
  readonly isReadOnly: boolean;
  readonly isInvalid: boolean;
  readonly labelledBy?: string;
  readonly label?: string;
  readonly describedBy?: string;
  /** `isStart`: the arrow key that put the first value at `keyboardStart`. */
  readonly onNumber: (value: number | null, typed: string, isStart: boolean) => void;
};

/** `value` to the given number of places. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

export function NumberField(props: NumberFieldProps) {
  const { value, min, max, decimals, onNumber } = props;
  const { language } = useTranslation().i18n;
  const [typed, setTyped] = useState(value === null ? '' : numberText(value, language, decimals));
  const read = (text: string): number | null => {
    const number = parseNumber(text, language);
    return number !== null && number >= min && number <= max ? rounded(number, decimals) : null;
  };
  // The text follows values that come from elsewhere, such as the line; while it says the value already it stays as it was typed.
  const shown = read(typed) === value ? typed : value === null ? '' : numberText(value, language, decimals);
  const isUnusable = shown !== '' && read(shown) === null;

  const step = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || props.isReadOnly) return;
    event.preventDefault();
    const next = value === null ? props.keyboardStart : Math.min(max, Math.max(min, value + by));
    setTyped(numberText(next, language, decimals));
    onNumber(rounded(next, decimals), numberText(next, language, decimals), value === null);
  };

  return (
    <input
      type="text"
      inputMode={decimals > 0 || min < 0 ? 'decimal' : 'numeric'}
      autoComplete="off"
      name={props.name}
      className={props.className}
      readOnly={props.isReadOnly}
      value={shown}
      aria-label={props.label}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.isInvalid || isUnusable}
      onKeyDown={step}
      onChange={(event) => {
        setTyped(event.target.value);
        onNumber(read(event.target.value), event.target.value, false);
      }}
    />
  );
}
