/** A page that needs nothing outside it: no script, no request; its content policy allows only its own style sheet, by hash. */
import { createHash } from 'node:crypto';
import { FIGURE_STYLE } from '../../engine/figures/figureStyle.ts';
import { escapeText } from '../../engine/figures/svg.ts';
import { REPORT_STYLE } from './reportStyle.ts';

/** The page, complete, to be read now or later; `body` is HTML. */
export function selfContainedPage(title: string, body: string): string {
  const style = `${REPORT_STYLE}${FIGURE_STYLE}`;
  const hash = createHash('sha256').update(style).digest('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A table; the first column heads its rows. */
export function pageTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const head = header.map((name) => `<th scope="col">${escapeText(name)}</th>`).join('');
  const cells = (row: readonly (string | number | null)[]): string =>
    row
      .map((cell, at) =>
        at === 0
          ? `<th scope="row">${escapeText(String(cell ?? ''))}</th>`
          : `<td>${escapeText(String(cell ?? ''))}</td>`,
      )
      .join('');
  const lines = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
  return `<table><caption>${escapeText(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${lines}\n</tbody></table>`;
}
