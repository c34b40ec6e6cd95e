/** Pointers on a line: a press places a handle or grabs the one under it, a drag moves it; a handle grabbed off its middle does not jump. */
import { type PointerEvent, useRef } from 'react';
import type { InputMode } from '../../participant/draft.ts';
import { pointerMode } from './widget.ts';

export type LinePointerOptions = {
  readonly direction: 'ltr' | 'rtl';
  /** The handles on the line; null for those that are not placed. */
  readonly ratings: readonly (number | null)[];
  /** A press beside every handle: gives the handle that it placed, or null for none. */
  readonly place: (rating: number, inputMode: InputMode) => number | null;
  readonly drag: (handle: number, rating: number, options: { inputMode: InputMode; isContinued: boolean }) => void;
  /** Gives a handle that was placed or grabbed the keyboard's focus. */
  readonly focus: (handle: number) => void;
};

type Press = {
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  /** Null until a touch has shown that it does not scroll the page. */
  handle: number | null;
  /** From the handle's middle to where it was grabbed. */
  offsetPx: number;
  isContinued: boolean;
};

/** How near a press must be to a handle's middle to grab it, in CSS pixels. */
const GRAB_PX = 16;
const SLIDE_PX = 4;

type LineEvent = PointerEvent<HTMLElement>;

function ratingAt(x: number, line: DOMRect, direction: 'ltr' | 'rtl'): number {
  const share = (x - line.left) / line.width;
  const rating = Math.round(100 * (direction === 'ltr' ? share : 1 - share));
  return Math.min(100, Math.max(0, rating));
}

function positionOf(rating: number, line: DOMRect, direction: 'ltr' | 'rtl'): number {
  const share = rating / 100;
  return line.left + line.width * (direction === 'ltr' ? share : 1 - share);
}

/** The pointer handlers of the element whose width is the scale from 0 to 100. */
export function useLinePointer({ direction, ratings, place, drag, focus }: LinePointerOptions) {
  const press = useRef<Press | null>(null);

  const grabbed = (x: number, line: DOMRect): { handle: number; offsetPx: number } | null => {
    const distances = ratings.flatMap((rating, handle) =>
      rating === null ? [] : [{ handle, offsetPx: x - positionOf(rating, line, direction) }],
    );
    const nearest = distances.sort((a, b) => Math.abs(a.offsetPx) - Math.abs(b.offsetPx))[0];
    return nearest && Math.abs(nearest.offsetPx) <= GRAB_PX ? nearest : null;
  };

  /** Settles what the press is about: a handle grabbed, or one placed where it began. */
  const begin = (current: Press, line: DOMRect, inputMode: InputMode): void => {
    const found = grabbed(current.startX, line);
    if (found) Object.assign(current, found);
    else {
      current.handle = place(ratingAt(current.startX, line, direction), inputMode);
      current.isContinued = true;
    }
    if (current.handle !== null) focus(current.handle);
  };

  const onPointerDown = (event: LineEvent): void => {
    if (event.button !== 0 || press.current) return;
    // Otherwise the browser would give the focus to what lies around the line.
    event.preventDefault();
    const { pointerId, clientX, clientY } = event;
    press.current = { pointerId, startX: clientX, startY: clientY, handle: null, offsetPx: 0, isContinued: false };
    event.currentTarget.setPointerCapture(pointerId);
    // A finger may be about to scroll: it places nothing before it slides along the line or is lifted.
    if (event.pointerType !== 'touch')
      begin(press.current, event.currentTarget.getBoundingClientRect(), pointerMode(event.pointerType));
  };

  const onPointerMove = (event: LineEvent): void => {
    const current = press.current;
    if (current?.pointerId !== event.pointerId) return;
    const line = event.currentTarget.getBoundingClientRect();
    const inputMode = pointerMode(event.pointerType);
    const slidPx = Math.abs(event.clientX - current.startX);
    if (current.handle === null) {
      if (event.pointerType !== 'touch' || slidPx < SLIDE_PX) return;
      begin(current, line, inputMode);
    }
    const { handle, offsetPx } = current;
    if (handle === null) return;
    const rating = ratingAt(event.clientX - offsetPx, line, direction);
    if (rating === ratings[handle]) return;
    drag(handle, rating, { inputMode, isContinued: current.isContinued });
    current.isContinued = true;
  };

  const onPointerUp = (event: LineEvent): void => {
    const current = press.current;
    if (current?.pointerId !== event.pointerId) return;
    if (current.handle === null && event.pointerType === 'touch')
      begin(current, event.currentTarget.getBoundingClientRect(), 'touch');
    press.current = null;
  };

  const onPointerCancel = (): void => {
    press.current = null;
  };

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel };
}
