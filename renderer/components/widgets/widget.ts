/** What every widget is given, and how an event says by what it was made. */
import type { MouseEvent } from 'react';
import type { ShownQuery, Widget, WidgetKind } from '../../../shared/widget.ts';
import type { Draft, InputMode, Move } from '../../participant/draft.ts';

export type WidgetProps<K extends WidgetKind = WidgetKind> = {
  readonly query: ShownQuery;
  readonly widget: Extract<Widget, { kind: K }>;
  readonly draft: Draft | undefined;
  /** Marked as the answer that is still missing. */
  readonly isWanted: boolean;
  /** Shown to be read, not to be changed. */
  readonly isReadOnly: boolean;
  /** The id of the element that says what is asked. */
  readonly labelId: string;
  readonly onMove: (move: Move) => void;
};

const POINTER_MODES: Readonly<Record<string, InputMode>> = { mouse: 'mouse', touch: 'touch', pen: 'pen' };

/** The input mode of a pointer event, by its `pointerType`. */
export const pointerMode = (pointerType: string): InputMode => POINTER_MODES[pointerType] ?? 'mouse';

/**
 * The input mode of a click. One that no pointer made comes from the keyboard where the pressed element has the keyboard's focus, and
 * from assistive technology otherwise.
 */
export function clickMode({ nativeEvent, currentTarget }: MouseEvent<HTMLElement>): InputMode {
  const pointerType = 'pointerType' in nativeEvent ? String(nativeEvent.pointerType) : '';
  if (pointerType !== '' && nativeEvent.detail > 0) return pointerMode(pointerType);
  return currentTarget.matches(':focus-visible') ? 'keyboard' : 'assistive';
}
