/** Starts a page: draws it, and leaves words instead of an empty window when drawing fails. */
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** Puts `content` into the page's root element. */
export function startPage(content: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root, {
    onUncaughtError(error) {
      console.error(error);
      const words = document.createElement('p');
      words.className = 'fault';
      words.setAttribute('role', 'alert');
      words.textContent = 'This page failed, which is a fault of Credence. Nothing stored is lost: reload it to go on.';
      document.body.append(words);
    },
  }).render(content);
}
