/** Axes: ticks, grid lines and a label that names the quantity and its unit. */
import type { ScaleLinear } from 'd3';
import { FONT } from './frame.ts';
import { group, line, type SvgNode, svg, text } from './svg.ts';

type Scale = ScaleLinear<number, number>;

type AxisOptions = {
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  /** The quantity and its unit; none for an axis that shares its neighbour's. */
  readonly label?: string;
  /** Whether the ticks carry numbers. */
  readonly hasNumbers?: boolean;
};

/** The room an axis with numbers and a label takes, in px. */
export const AXIS_ROOM = { below: 44, left: 58 } as const;

/** A horizontal axis at `bottom`, with grid lines up to `top`. */
export function horizontalAxis(scale: Scale, span: { top: number; bottom: number }, options: AxisOptions): SvgNode {
  const { top, bottom } = span;
  const [start, end] = scale.range();
  return group('axis', [
    ...options.ticks.map((tick) => line(scale(tick), top, scale(tick), bottom, 'grid')),
    line(start, bottom, end, bottom, 'domain'),
    ...options.ticks.map((tick) => text(scale(tick), bottom + 6 + FONT.small, options.format(tick), 'small middle')),
    ...(options.label === undefined
      ? []
      : [text((start + end) / 2, bottom + 24 + FONT.body, options.label, 'body middle')]),
  ]);
}

/** A vertical axis at `left`, with grid lines to `right`. */
export function verticalAxis(scale: Scale, span: { left: number; right: number }, options: AxisOptions): SvgNode {
  const { left, right } = span;
  const [bottom, top] = scale.range();
  const numbers = options.hasNumbers === false ? [] : options.ticks;
  return group('axis', [
    ...options.ticks.map((tick) => line(left, scale(tick), right, scale(tick), 'grid')),
    line(left, top, left, bottom, 'domain'),
    ...numbers.map((tick) => text(left - 8, scale(tick) + 4, options.format(tick), 'small end')),
    ...(options.label === undefined ? [] : [turned(left - AXIS_ROOM.left + 14, (top + bottom) / 2, options.label)]),
  ]);
}

/** Text running upwards, centred on (x, y). */
const turned = (x: number, y: number, words: string): SvgNode =>
  svg('text', { class: 'body middle', transform: `translate(${x},${y}) rotate(-90)` }, [words]);

/** The ticks of the answer scale, as participants see them. */
export const ANSWER_TICKS = [0, 25, 50, 75, 100] as const;
