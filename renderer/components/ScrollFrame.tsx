/** A frame around a wide table: it scrolls sideways, with the keyboard too. */
import type { ReactNode } from 'react';

export const ScrollFrame = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or the keyboard cannot scroll it
  <section className="table-scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);
