/** SVG as plain data: a tree that the screen, the report and the export all draw from, and its text form. */
import { InternalError } from '../../shared/errors.ts';

/** One element. Attribute values are text or numbers (user units); children are elements or text. Styles come from classes only. */
export type SvgNode = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgNode | string)[];
};

/** An element. */
export const svg = (
  tag: string,
  attributes: SvgNode['attributes'] = {},
  children: SvgNode['children'] = [],
): SvgNode => ({ tag, attributes, children });

/** A group of class `name`. */
export const group = (name: string, children: SvgNode['children'], attributes: SvgNode['attributes'] = {}): SvgNode =>
  svg('g', { class: name, ...attributes }, children);

/** A line of text at (x, y), y being its baseline. Classes: `start` (default), `middle`, `end` say which part of it lies at x. */
export const text = (x: number, y: number, words: string, classes = ''): SvgNode =>
  svg('text', { x, y, ...(classes ? { class: classes } : {}) }, [words]);

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, classes: string): SvgNode =>
  svg('line', { x1, y1, x2, y2, class: classes });

/** A group that stands for a datum: `words` say what it shows, and screens let the keyboard go from mark to mark. */
export const mark = (
  name: string,
  words: string,
  children: SvgNode['children'],
  attributes: SvgNode['attributes'] = {},
): SvgNode => group(name, [svg('title', {}, [words]), ...children], attributes);

/** The words of a mark; undefined for every other element. */
export function wordsOfMark({ tag, children: [first] }: SvgNode): string | undefined {
  if (tag !== 'g' || first === undefined || typeof first === 'string' || first.tag !== 'title') return undefined;
  const [words] = first.children;
  return typeof words === 'string' ? words : undefined;
}

/** Moves `children` by (x, y). */
export const translate = (x: number, y: number, children: SvgNode['children'], classes = ''): SvgNode =>
  svg('g', { transform: `translate(${round(x)},${round(y)})`, ...(classes ? { class: classes } : {}) }, children);

const NAME = /^[a-zA-Z][a-zA-Z0-9:-]*$/;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What XML 1.0 forbids: control characters but tab and line ends, halves of surrogate pairs, two non-characters. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/** Text safe in element content and in quoted attributes of XML and HTML. Characters that XML forbids are dropped. */
export const escapeText = (raw: string): string =>
  raw.replace(FORBIDDEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** A coordinate to a hundredth of a unit, which is finer than a screen shows and keeps files small. */
export const round = (value: number): number => Math.round(value * 100) / 100;

function attributeText(tag: string, name: string, value: string | number): string {
  if (!NAME.test(name)) throw new InternalError(`attribute name "${name}" of <${tag}>`);
  if (typeof value === 'string') return ` ${name}="${escapeText(value)}"`;
  if (!Number.isFinite(value)) throw new InternalError(`<${tag}> has ${name} = ${value}`);
  return ` ${name}="${round(value)}"`;
}

/** The tree as SVG text. Throws InternalError on a coordinate that is not finite or a name that is not a name. */
export function renderSvg(node: SvgNode): string {
  if (!NAME.test(node.tag)) throw new InternalError(`element name "${node.tag}"`);
  const attributes = Object.entries(node.attributes).map(([name, value]) => attributeText(node.tag, name, value));
  const start = `<${node.tag}${attributes.join('')}`;
  if (node.children.length === 0) return `${start}/>`;
  const content = node.children.map((child) => (typeof child === 'string' ? escapeText(child) : renderSvg(child)));
  return `${start}>${content.join('')}</${node.tag}>`;
}
