/** The two kinds of error: UserError (something given to us is wrong, with place and next action) and InternalError (our invariant broke). */

/** Where an error was found. `line` and `column` count from 1. `excerpt` is the text of that line. */
export type ErrorLocation = {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly excerpt?: string;
  /** Path inside a data file, such as `items[3].queries[0].id`. */
  readonly path?: string;
};

/** Something the user gave is wrong: what was expected, what was received, where; `hint` is the next action or a guess in question form. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string | undefined;
  readonly location: ErrorLocation | undefined;

  constructor(message: string, details: { hint?: string; location?: ErrorLocation; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.hint = details.hint;
    this.location = details.location;
  }
}

/** An invariant of ours broke. The message always begins with `internal: `. */
export class InternalError extends Error {
  override readonly name = 'InternalError';

  constructor(message: string, cause?: unknown) {
    super(`internal: ${message}`, cause === undefined ? undefined : { cause });
  }
}

/** An error as plain data, to cross a process boundary. */
export type ErrorData = {
  readonly kind: 'user' | 'internal' | 'cancelled';
  readonly message: string;
  readonly hint?: string;
  readonly location?: ErrorLocation;
};

/** The operation was stopped on request; not a fault. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor(operation: string) {
    super(`${operation}: cancelled`);
  }
}

/** An error as data; anything that is not a UserError or a cancellation counts as internal. */
export function errorToData(error: unknown): ErrorData {
  if (error instanceof UserError)
    return {
      kind: 'user',
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.location === undefined ? {} : { location: error.location }),
    };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CancelledError) return { kind: 'cancelled', message };
  return { kind: 'internal', message: message.replace(/^internal: /, '') };
}

/** The error that `data` describes, with the operation's name in front when given. */
export function errorFromData(data: ErrorData, operation?: string): UserError | InternalError | CancelledError {
  const message = operation ? `${operation}: ${data.message}` : data.message;
  if (data.kind === 'user') return new UserError(message, { hint: data.hint, location: data.location });
  if (data.kind === 'cancelled') return new CancelledError(operation ?? data.message.replace(/: cancelled$/, ''));
  return new InternalError(message);
}

const place = (location: ErrorLocation): string => {
  const lineAndColumn =
    location.line === undefined ? '' : `:${location.line}${location.column === undefined ? '' : `:${location.column}`}`;
  return [`${location.file ?? ''}${lineAndColumn}`, location.path].filter(Boolean).join(' ');
};

/** An error as text for a terminal: message, place, the line with a caret, hint. */
export function formatError(error: unknown): string {
  if (!(error instanceof UserError)) return error instanceof Error ? error.message : String(error);
  const lines = [error.message];
  const { location } = error;
  if (location && place(location) && !error.message.includes(place(location))) lines[0] += ` (${place(location)})`;
  if (location?.excerpt !== undefined) {
    lines.push(`  ${location.excerpt}`);
    if (location.column !== undefined) lines.push(`  ${' '.repeat(location.column - 1)}^`);
  }
  if (error.hint) lines.push(`hint: ${error.hint}`);
  return lines.join('\n');
}
