/** Figures beside each other that belong together: the keyboard goes from mark to mark, and the same query lights up in all of them. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SvgNode, wordsOfMark } from '../../engine/figures/svg.ts';
import { Figure } from './Figure.tsx';

/** What a mark stands for, as its `data-` attributes say. */
export type MarkedQuery = { readonly scenario: string; readonly query: string };

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The figure with every mark reachable: one of them by Tab, the others from there. `canOpen` says whether marks with a query open something. */
function withReachableMarks(root: SvgNode, current: number, canOpen: boolean): SvgNode {
  let at = -1;
  const visit = (node: SvgNode): SvgNode => {
    const words = wordsOfMark(node);
    if (words !== undefined) at++;
    const opens = canOpen && node.attributes['data-scenario'] !== undefined;
    const reach: SvgNode['attributes'] =
      words === undefined
        ? {}
        : { tabindex: at === current ? 0 : -1, role: opens ? 'button' : 'img', 'aria-label': words, 'data-mark': at };
    const children = node.children.map((child) => (typeof child === 'string' ? child : visit(child)));
    return { ...node, attributes: { ...node.attributes, ...reach }, children };
  };
  const reachable = visit(root);
  return at < 0 ? root : { ...reachable, attributes: { ...reachable.attributes, role: 'group' } };
}

const markOf = (target: EventTarget): SVGElement | null =>
  target instanceof Element ? target.closest<SVGElement>('[data-mark]') : null;

function queryOf(mark: SVGElement | null): MarkedQuery | null {
  const { scenario, query } = mark?.dataset ?? {};
  return scenario !== undefined && query !== undefined ? { scenario, query } : null;
}

type MarkedFigureProps = {
  readonly node: SvgNode;
  /** Called where a mark of a query is clicked or Enter is pressed on it. */
  readonly onOpen?: (query: MarkedQuery) => void;
};

/** One figure whose marks the keyboard reaches; what the mark in focus shows is printed below it. */
export function MarkedFigure({ node, onOpen }: MarkedFigureProps) {
  const { t } = useTranslation('frame');
  const [current, setCurrent] = useState(0);
  const [words, setWords] = useState('');
  const hint = useId();
  const open = (event: KeyboardEvent | MouseEvent): void => {
    const query = queryOf(markOf(event.target));
    if (query) onOpen?.(query);
  };
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const marks = [...event.currentTarget.querySelectorAll<SVGElement>('[data-mark]')];
    const at = marks.findIndex((mark) => mark.matches(':focus'));
    if (at < 0) return;
    const goals: Readonly<Record<string, number>> = { Home: 0, End: marks.length - 1 };
    const goal = goals[event.key] ?? (STEPS[event.key] === undefined ? undefined : at + STEPS[event.key]);
    if (goal !== undefined) {
      event.preventDefault();
      marks[(goal + marks.length) % marks.length].focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(event);
    }
  };
  const show = (event: FocusEvent | PointerEvent): void => {
    const mark = markOf(event.target);
    if (!mark) return;
    setWords(mark.getAttribute('aria-label') ?? '');
    if (event.type === 'focus') setCurrent(Number(mark.dataset.mark));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: what is grouped here is no form
    <div
      className="marked-figure"
      role="group"
      aria-describedby={hint}
      onKeyDown={move}
      onFocus={show}
      onPointerOver={show}
      onClick={open}
    >
      <Figure node={withReachableMarks(node, current, onOpen !== undefined)} />
      <p className="facts mark-words" id={hint}>
        {words === '' ? t(onOpen ? 'figure.keysOpen' : 'figure.keys') : words}
      </p>
    </div>
  );
}

const LINKED = 'is-linked';

/** Lights up every mark of the query that is pointed at or in focus, in all figures inside. */
export function useLinkedMarks(): {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onPointerOver: (event: PointerEvent<HTMLElement>) => void;
} {
  const link = (event: FocusEvent<HTMLElement> | PointerEvent<HTMLElement>): void => {
    const query = queryOf(markOf(event.target));
    const board = event.currentTarget;
    for (const mark of board.querySelectorAll(`.${LINKED}`)) mark.classList.remove(LINKED);
    if (!query) return;
    const same = `[data-scenario="${CSS.escape(query.scenario)}"][data-query="${CSS.escape(query.query)}"]`;
    for (const mark of board.querySelectorAll(same)) mark.classList.add(LINKED);
  };
  return { onFocus: link, onPointerOver: link };
}
