/** What goes wrong while a program runs. The place is not in the error: it is read off the stack and the generated code's position table. */

/** The program did something it must not; `message` without a place. */
export class ProgramFault extends Error {
  override readonly name = 'ProgramFault';
  readonly hint: string | undefined;
  /** The offset in the source, where the thrower knows it better than the stack. */
  readonly at: number | undefined;

  constructor(message: string, hint?: string, at?: number) {
    super(message);
    this.hint = hint;
    this.at = at;
  }
}

/** A limit was reached: steps, depth, length. Ends the run like any fault. */
export class LimitReached extends ProgramFault {}

const SHOWN = 60;

/** A value as a message shows it: short, one line, never running the program's code. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `an object {${Object.keys(value).slice(0, 5).join(', ').slice(0, SHOWN)}}`;
  return String(value);
}
