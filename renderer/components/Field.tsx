/** A labelled control of a form, with a sentence of explanation that screen readers read with it. */
import { type ReactNode, useId } from 'react';

type FieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** Draws the control; it must carry the id and, where there is a hint, the description. */
  readonly children: (control: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode;
};

export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const described = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described })}
      {hint !== undefined && (
        <p className="hint" id={described}>
          {hint}
        </p>
      )}
    </div>
  );
}
