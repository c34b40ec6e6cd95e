/** A figure as a file of its own: the SVG text with its style inside, light for print whatever the reader prefers. */
import { FIGURE_STYLE } from './figureStyle.ts';
import { renderSvg, type SvgNode, svg } from './svg.ts';

/** The text of an `.svg` file that looks alike in a browser, a vector editor and a document. */
export function standaloneSvg(figure: SvgNode): string {
  const styled = {
    ...figure,
    attributes: { ...figure.attributes, 'data-theme': 'light' },
    children: [svg('style', {}, [FIGURE_STYLE]), ...figure.children],
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderSvg(styled)}\n`;
}
