/** The controls of the editor: each carries the path of what it edits, and shows what is wrong with it. */
import { type ReactNode, useId } from 'react';
import { useDraft } from './useDraft.ts';

type FieldProps = {
  readonly label: string;
  /** The path of what is edited, as faults name it: `timeline[2].title`. */
  readonly path: string;
  readonly hint?: string;
};

type Control = {
  readonly id: string;
  readonly 'data-path': string;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-describedby': string | undefined;
};

/** A label, the control, its hint and its fault. */
function DraftField({
  label,
  path,
  hint,
  children,
}: FieldProps & { readonly children: (control: Control) => ReactNode }) {
  const id = useId();
  const fault = useDraft().faultAt(path);
  const notes = [hint && `${id}-hint`, fault && `${id}-fault`].filter((note) => note !== undefined && note !== '');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'data-path': path,
        'aria-invalid': fault === undefined ? undefined : true,
        'aria-describedby': notes.length === 0 ? undefined : notes.join(' '),
      })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p className="is-failed" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

type TextProps = FieldProps & {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Several lines, of which so many are shown. */
  readonly rows?: number;
};

export const TextField = ({ value, onChange, rows, ...field }: TextProps) => (
  <DraftField {...field}>
    {(control) =>
      rows === undefined ? (
        <input {...control} type="text" value={value} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <textarea
          {...control}
          className="is-prose"
          rows={rows}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    }
  </DraftField>
);

type NumberProps = FieldProps & {
  /** Undefined for an empty field. */
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
};

export const NumberField = ({ value, onChange, min, max, ...field }: NumberProps) => (
  <DraftField {...field}>
    {(control) => (
      <input
        {...control}
        type="number"
        min={min}
        max={max}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
      />
    )}
  </DraftField>
);

type ChoiceProps<T extends string> = FieldProps & {
  readonly value: T;
  /** Every choice with its words. */
  readonly choices: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
};

export const ChoiceField = <T extends string>({ value, choices, onChange, ...field }: ChoiceProps<T>) => (
  <DraftField {...field}>
    {(control) => (
      <select
        {...control}
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find(([name]) => name === target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {choices.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    )}
  </DraftField>
);

type TickProps = {
  readonly label: string;
  readonly path: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
};

export const TickField = ({ label, path, value, onChange }: TickProps) => (
  <label className="tick">
    <input type="checkbox" data-path={path} checked={value} onChange={({ target }) => onChange(target.checked)} />{' '}
    {label}
  </label>
);

type TickListProps = {
  readonly legend: string;
  readonly path: string;
  /** What can be chosen, with its words, and what is. */
  readonly choices: readonly (readonly [string, string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
};

/** Several of many; the order is that of the choices. */
export function TickList({ legend, path, choices, chosen, onChange }: TickListProps) {
  const fault = useDraft().faultAt(path);
  const toggle = (name: string, isChosen: boolean): void =>
    onChange(choices.map(([known]) => known).filter((known) => (known === name ? isChosen : chosen.includes(known))));
  return (
    <fieldset className="tick-list">
      <legend>{legend}</legend>
      {choices.map(([name, words], i) => (
        <TickField
          key={name}
          label={words}
          path={i === 0 ? path : `${path} ${name}`}
          value={chosen.includes(name)}
          onChange={(isChosen) => toggle(name, isChosen)}
        />
      ))}
      {fault !== undefined && <p className="is-failed">{fault}</p>}
    </fieldset>
  );
}
