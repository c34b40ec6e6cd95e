/** A list beside what is chosen of it, with a divider between that mouse and arrow keys move; its place is kept over a reload. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

const KEY = 'width of the list';
const [LEAST_PX, MOST_PX, STEP_PX] = [240, 760, 20];

const within = (width: number): number => Math.min(MOST_PX, Math.max(LEAST_PX, Math.round(width)));

function rememberedWidth(otherwise: number): number {
  const kept = Number(localStorage.getItem(KEY));
  return kept > 0 ? within(kept) : otherwise;
}

type DividerProps = { readonly width: number; readonly onWidth: (width: number) => void };

function Divider({ width, onWidth }: DividerProps) {
  const { t } = useTranslation('frame');
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const { currentTarget, clientX, pointerId } = event;
    currentTarget.setPointerCapture(pointerId);
    currentTarget.onpointermove = (move) => onWidth(within(width + move.clientX - clientX));
    currentTarget.onpointerup = () => {
      currentTarget.onpointermove = null;
    };
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? STEP_PX : event.key === 'ArrowLeft' ? -STEP_PX : 0;
    if (step === 0) return;
    event.preventDefault();
    onWidth(within(width + step));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; a separator with a value can
    <div
      className="divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('divider')}
      aria-valuemin={LEAST_PX}
      aria-valuemax={MOST_PX}
      aria-valuenow={width}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}

type ColumnsProps = {
  readonly list: ReactNode;
  readonly children: ReactNode;
  /** Fills the window's height, each side scrolling by itself; the list begins wider. */
  readonly isWide?: boolean;
};

export function Columns({ list, children, isWide = false }: ColumnsProps) {
  const [width, setWidth] = useState(() => rememberedWidth(isWide ? 400 : 330));
  const change = (next: number): void => {
    setWidth(next);
    localStorage.setItem(KEY, String(next));
  };
  return (
    <div className={isWide ? 'columns is-wide is-divided' : 'columns is-divided'} style={{ '--list': `${width}px` }}>
      {list}
      <Divider width={width} onWidth={change} />
      <div className="detail">{children}</div>
    </div>
  );
}

declare module 'react' {
  interface CSSProperties {
    /** The list's width. */
    '--list'?: string;
  }
}
