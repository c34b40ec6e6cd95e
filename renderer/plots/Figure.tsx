/** Draws a figure's SVG tree as React elements. */
import { createElement, type ReactNode } from 'react';
import type { SvgNode } from '../../engine/figures/svg.ts';

/** SVG's own attribute names as React writes them: `stroke-width` is `strokeWidth`; those of ARIA and data stay. */
function reactName(name: string): string {
  if (name === 'class') return 'className';
  if (name === 'tabindex') return 'tabIndex';
  if (name.startsWith('aria-') || name.startsWith('data-')) return name;
  return name.replace(/[-:]([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** One element with its children. Keys are positions: a figure is drawn anew as a whole. */
export function toReact(node: SvgNode, key?: number): ReactNode {
  const properties = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [reactName(name), value]),
  );
  const children = node.children.map((child, i) => (typeof child === 'string' ? child : toReact(child, i)));
  return createElement(node.tag, { ...properties, key }, ...children);
}

export const Figure = ({ node }: { readonly node: SvgNode }) => toReact(node);
