/** A number with what stands behind it: n, interval and method, read out and shown when it has the focus or the pointer. */
import type { ReactNode } from 'react';

type MeasuredProps = {
  readonly children: ReactNode;
  /** How the number was made: `24 queries, 20 participants; 95 % percentile bootstrap …`. */
  readonly method: string;
};

export const Measured = ({ children, method }: MeasuredProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: the method shows on focus, so the keyboard must reach it
  <span className="measured" tabIndex={0}>
    {children}
    <span className="method" role="note">
      {method}
    </span>
  </span>
);
