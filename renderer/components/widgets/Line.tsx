/** The line from 0 to 100: a bare track with labels below it, and whatever handles are put on it. It shows no ticks and no handle of its own. */
import type { CSSProperties, ReactNode } from 'react';
import type { ShownScale } from '../../../shared/widget.ts';
import type { useLinePointer } from './useLinePointer.ts';

type LineProps = {
  readonly scale: ShownScale;
  /** The id of the labels at the ends, which describe the line. */
  readonly endsId: string;
  readonly isUnset: boolean;
  readonly pointer: ReturnType<typeof useLinePointer> | null;
  /** Shown over the middle of a two-sided line. */
  readonly middle?: string;
  readonly children: ReactNode;
};

/** Where on the line a rating lies, whichever way it runs. */
export const placeOf = (rating: number): CSSProperties => ({ insetInlineStart: `${rating}%` });

function Labels({ scale, endsId }: Pick<LineProps, 'scale' | 'endsId'>) {
  return (
    <div className="line-labels">
      {scale.labels.length > 0 && (
        <p className="line-points">
          {scale.labels.map(({ at, text }) => (
            <span key={at} style={{ ...placeOf(at), maxWidth: `${100 / scale.labels.length}%` }}>
              {text}
            </span>
          ))}
        </p>
      )}
      <p className="line-ends" id={endsId}>
        <span>{scale.lowLabel}</span> <span>{scale.highLabel}</span>
      </p>
    </div>
  );
}

export function Line({ scale, endsId, isUnset, pointer, middle, children }: LineProps) {
  return (
    <div className="line-block" dir={scale.direction}>
      <div className={isUnset ? 'line is-unset' : 'line'} {...pointer}>
        <span className="line-track" />
        {middle !== undefined && <span className="line-middle">{middle}</span>}
        {children}
      </div>
      <Labels scale={scale} endsId={endsId} />
    </div>
  );
}
