/** What every child process is to the host, whichever way it was started. */

/** A running child: plain data goes both ways. */
export type ChildHandle = {
  /** The system's number for it; undefined until it runs. */
  readonly pid: number | undefined;
  /** Sends a message; one that is sent before the child listens waits for it. A child that is gone cannot be told: its exit is reported. */
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, with what ended it: an exit code or the name of a signal. */
  readonly onExit: (listener: (cause: string) => void) => void;
  /** Ends it at once, whatever it is doing. */
  readonly kill: () => void;
};

export type SpawnOptions = {
  /** Flags for the child's Node, before the entry file. */
  readonly nodeFlags: readonly string[];
  /** The child's whole environment; nothing of ours is passed on unasked. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the child's own words go. */
  readonly stderr: 'ignore' | 'inherit';
};

/** A listener that is called the first time only. */
export function once(listener: (cause: string) => void): (cause: string) => void {
  let isTold = false;
  return (cause) => {
    if (isTold) return;
    isTold = true;
    listener(cause);
  };
}
