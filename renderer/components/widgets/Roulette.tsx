/** A distribution built of chips on bins: press a column to the height wanted, or add and take chips one by one. The chips are the answer. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chipsMean } from '../../../shared/impliedRating.ts';
import type { ShownScale } from '../../../shared/widget.ts';
import { WIDGET_DEFAULTS } from '../../../shared/widgetDefaults.ts';
import { numberText } from '../../language/numbers.ts';
import { placedChips } from '../../participant/answers.ts';
import type { InputMode } from '../../participant/draft.ts';
import { chipsSummary } from './chipsSummary.ts';
import { clickMode, pointerMode, type WidgetProps } from './widget.ts';

const GRID_PX = 200;

function Summary({ chips }: { readonly chips: readonly number[] }) {
  const { t, i18n } = useTranslation();
  const summary = chipsSummary(chips);
  if (!summary) return null;
  const [mean, low, high] = [summary.mean, summary.low, summary.high].map((value) => numberText(value, i18n.language));
  return <p className="chips-summary">{t('chips.summary', { mean, low, high })}</p>;
}

type RouletteProps = WidgetProps<'roulette'> & { readonly scale: ShownScale };

export function Roulette({ widget, scale, draft, isWanted, isReadOnly, labelId, onMove }: RouletteProps) {
  const { t, i18n } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const pressed = useRef<number | null>(null);
  const [active, setActive] = useState(0);
  const bins = widget.bins ?? WIDGET_DEFAULTS.bins;
  const total = widget.chips ?? WIDGET_DEFAULTS.chips;
  const chips = draft?.answer.chips ?? new Array<number>(bins).fill(0);
  const left = total - placedChips(chips);
  const numberOf = (value: number): string => numberText(value, i18n.language, 1);
  const rangeOf = (bin: number): string =>
    t('chips.range', { low: numberOf((100 * bin) / bins), high: numberOf((100 * (bin + 1)) / bins) });

  const set = (bin: number, wanted: number, inputMode: InputMode, isContinued = false): void => {
    const height = Math.max(0, Math.min(wanted, chips[bin] + left));
    setActive(bin);
    if (height === chips[bin] || isReadOnly) return;
    const next = chips.map((n, i) => (i === bin ? height : n));
    onMove({ change: { chips: next, missingCode: undefined }, inputMode, value: chipsMean(next), isContinued });
  };

  /** The column under a pointer, and how many chips reach up to it. */
  const columnAt = ({ clientX, clientY }: PointerEvent): { bin: number; height: number } | null => {
    const box = grid.current?.getBoundingClientRect();
    if (!box) return null;
    const share = (clientX - box.left) / box.width;
    const bin = Math.floor(bins * (scale.direction === 'ltr' ? share : 1 - share));
    const height = Math.ceil(((box.bottom - clientY) / box.height) * total);
    return { bin: Math.min(bins - 1, Math.max(0, bin)), height: Math.min(total, Math.max(0, height)) };
  };

  const onKeyDown = (event: KeyboardEvent, bin: number): void => {
    const right = scale.direction === 'ltr' ? 1 : -1;
    const side = { ArrowRight: right, ArrowLeft: -right }[event.key];
    const by = { ArrowUp: 1, '+': 1, ArrowDown: -1, '-': -1, Delete: -chips[bin], Backspace: -chips[bin] }[event.key];
    if (side === undefined && by === undefined) return;
    event.preventDefault();
    if (by !== undefined) set(bin, chips[bin] + by, 'keyboard', event.repeat);
    if (side === undefined) return;
    const next = Math.min(bins - 1, Math.max(0, bin + side));
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-bin="${next}"]`)?.focus();
  };

  return (
    <div className="roulette" dir={scale.direction}>
      {/* biome-ignore lint/a11y/useSemanticElements: the query's own fieldset is around it */}
      <div
        ref={grid}
        className={isWanted ? 'chip-grid is-wanted' : 'chip-grid'}
        role="group"
        aria-labelledby={labelId}
        onPointerDown={(event) => {
          const at = columnAt(event);
          if (event.button !== 0 || isReadOnly || !at) return;
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          pressed.current = event.pointerId;
          set(at.bin, at.height, pointerMode(event.pointerType));
        }}
        onPointerMove={(event) => {
          const at = pressed.current === event.pointerId ? columnAt(event) : null;
          if (at) set(at.bin, at.height, pointerMode(event.pointerType), true);
        }}
        onPointerUp={() => {
          pressed.current = null;
        }}
        onPointerCancel={() => {
          pressed.current = null;
        }}
      >
        {chips.map((n, bin) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is known by its place
            key={bin}
            className={bin === active ? 'chip-column is-active' : 'chip-column'}
            data-bin={bin}
            role="slider"
            tabIndex={bin === active ? 0 : -1}
            aria-orientation="vertical"
            aria-label={rangeOf(bin)}
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={n}
            aria-valuetext={t('chips.count', { count: n })}
            aria-readonly={isReadOnly}
            onFocus={() => setActive(bin)}
            onKeyDown={(event) => onKeyDown(event, bin)}
          >
            <span
              className="chip-stack"
              style={{ height: `${(100 * n) / total}%`, backgroundSize: `100% ${GRID_PX / total}px` }}
            />
          </div>
        ))}
      </div>
      <p className="line-ends">
        <span>{scale.lowLabel}</span> <span>{scale.highLabel}</span>
      </p>
      <div className="chip-tools">
        <span className="chip-range">{rangeOf(active)}</span>
        {!isReadOnly &&
          ([-1, 1] as const).map((by) => (
            <button
              key={by}
              type="button"
              className="small"
              aria-label={
                by < 0 ? t('chips.take', { range: rangeOf(active) }) : t('chips.add', { range: rangeOf(active) })
              }
              disabled={by < 0 ? chips[active] === 0 : left === 0}
              onClick={(event) => set(active, chips[active] + by, clickMode(event))}
            >
              {by < 0 ? '−' : '+'}
            </button>
          ))}
        <output className={left === 0 ? 'placed is-complete' : 'placed'}>{t('chips.left', { count: left })}</output>
        {!isReadOnly && placedChips(chips) > 0 && (
          <button
            type="button"
            className="is-quiet"
            onClick={(event) => onMove({ change: { chips: undefined }, inputMode: clickMode(event), value: null })}
          >
            {t('line.clear')}
          </button>
        )}
      </div>
      <Summary chips={chips} />
    </div>
  );
}
