/** Where the text of a figure lies, estimated: to check that nothing overlaps, is cut off or is too small to read. */
import { FIGURE_STYLE } from '../../../engine/figures/figureStyle.ts';
import type { SvgNode } from '../../../engine/figures/svg.ts';
import { textWidth } from '../../../engine/figures/textWidth.ts';

export type TextBox = { words: string; left: number; right: number; top: number; bottom: number; size: number };

const FALLBACK_SIZE = 13;

/** The font size the style sheet gives text of `classes`. */
function fontSize(classes: readonly string[]): number {
  for (const name of classes) {
    const rule = new RegExp(`\\.figure text\\.${name} \\{ font-size: (\\d+)px`).exec(FIGURE_STYLE);
    if (rule) return Number(rule[1]);
  }
  return FALLBACK_SIZE;
}

function boxOf(node: SvgNode, x: number, y: number, isTurned: boolean): TextBox {
  const words = node.children.join('');
  const classes = String(node.attributes.class ?? '').split(' ');
  const size = fontSize(classes);
  const width = textWidth(words, size);
  const shift = classes.includes('middle') ? width / 2 : classes.includes('end') ? width : 0;
  if (isTurned) return { words, size, left: x - size, right: x + 3, top: y - width + shift, bottom: y + shift };
  return { words, size, left: x - shift, right: x - shift + width, top: y - size, bottom: y + 3 };
}

/** The boxes of all `<text>` under `node`, in the figure's px. */
export function textBoxes(node: SvgNode, offset = { x: 0, y: 0 }): TextBox[] {
  const transform = String(node.attributes.transform ?? '');
  const [, dx, dy] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(transform) ?? [undefined, '0', '0'];
  const here = { x: offset.x + Number(dx), y: offset.y + Number(dy) };
  if (node.tag === 'text')
    return [
      boxOf(
        node,
        here.x + Number(node.attributes.x ?? 0),
        here.y + Number(node.attributes.y ?? 0),
        transform.includes('rotate(-90)'),
      ),
    ];
  return node.children.flatMap((child) => (typeof child === 'string' ? [] : textBoxes(child, here)));
}

/** Pairs of texts that overlap, as words. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.words} × ${b.words}`),
  );
}
