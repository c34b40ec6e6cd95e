/** Puts the style sheet of the figures into the page: as an adopted sheet, which the page's content policy allows where a <style> is refused. */
import { FIGURE_STYLE } from '../../engine/figures/figureStyle.ts';

/** Call once, before the first figure is drawn. */
export function adoptFigureStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(FIGURE_STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
