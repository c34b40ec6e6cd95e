/** The frame all figures share: size, accessible name, title, the mark on simulated data and the footer that says how the numbers were made. */
import { group, line, type SvgNode, svg, text } from './svg.ts';
import { textWidth, wrapText } from './textWidth.ts';

/** Size of the figure in px. */
export type Size = { readonly width: number; readonly height: number };

/** Footer: how the numbers were made, and whether any comes from simulated participants. */
export type FigureNote = { readonly text: string; readonly isSimulated: boolean };

/** Where a figure may draw, in px from its top left corner. */
export type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

type FrameText = {
  readonly title: string;
  /** Read aloud in place of the picture: what is shown and what it says. */
  readonly description: string;
  readonly note: FigureNote;
};

/** Font sizes in px; no text is smaller than `small`. */
export const FONT = { title: 16, body: 13, small: 12 } as const;

const PADDING = 4;
const TITLE_LINE = 22;
const FOOTER_LINE = 16;
/** Titles are bold, and so wider than text of their size. */
const BOLD_ROOM = 0.92;
const SIMULATED = 'SIMULATED PARTICIPANTS';

/** The mark, right-aligned at x. */
function simulatedMark(x: number, y: number): SvgNode {
  const width = textWidth(SIMULATED, FONT.small) + 16;
  return group('simulated', [
    svg('rect', { x: x - width, y, width, height: 20, rx: 4 }),
    text(x - width / 2, y + 14.5, SIMULATED, 'small middle'),
  ]);
}

/** A figure of `size`: `draw` gets the area between title and footer. */
export function figureFrame(size: Size, words: FrameText, draw: (area: Area) => SvgNode[]): SvgNode {
  const { width, height } = size;
  const markWidth = words.note.isSimulated ? textWidth(SIMULATED, FONT.small) + 32 : 0;
  const titles = wrapText(words.title, (width - 2 * PADDING - markWidth) * BOLD_ROOM, FONT.title, 3);
  const footers = wrapText(words.note.text, width - 2 * PADDING, FONT.small, 3);
  const footerTop = height - PADDING - footers.length * FOOTER_LINE;
  const area = {
    left: PADDING,
    top: PADDING + titles.length * TITLE_LINE + 6,
    right: width - PADDING,
    bottom: footerTop - 12,
  };
  return svg(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'figure',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${words.title}. ${words.description}`,
    },
    [
      svg('rect', { class: 'surface', width, height }),
      ...titles.map((part, i) => text(PADDING, PADDING + 16 + i * TITLE_LINE, part, 'title')),
      ...(words.note.isSimulated ? [simulatedMark(width - PADDING, PADDING)] : []),
      ...draw(area),
      line(PADDING, footerTop - 5, width - PADDING, footerTop - 5, 'rule'),
      ...footers.map((part, i) => text(PADDING, footerTop + 12 + i * FOOTER_LINE, part, 'small muted')),
    ],
  );
}
