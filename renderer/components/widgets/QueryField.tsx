/** One query: what is asked, its widget, how sure the answer is, the ways not to answer, and what is said of it. */
import { useTranslation } from 'react-i18next';
import type { ShownQuery } from '../../../shared/widget.ts';
import type { Draft, Move } from '../../participant/draft.ts';
import type { Feedback } from '../../participant/procedures.ts';
import { AnswerWidget } from './AnswerWidget.tsx';
import { RatingLine } from './RatingLine.tsx';
import { clickMode } from './widget.ts';

export type QueryFieldProps = {
  readonly query: ShownQuery;
  readonly draft: Draft | undefined;
  /** What keeps the participant from going on, if this query does. */
  readonly fault: 'missing' | 'short' | 'wrong' | null;
  readonly feedback: Feedback | undefined;
  readonly isReadOnly: boolean;
  readonly onMove: (move: Move) => void;
  readonly onPaste: () => void;
};

function Confidence({ query, draft, isReadOnly, onMove }: QueryFieldProps) {
  const { t } = useTranslation();
  const labelId = `sure-${query.id}`;
  const scale = {
    lowLabel: t('confidence.0'),
    highLabel: t('confidence.100'),
    unit: '',
    labels: [],
    direction: query.scale?.direction ?? 'ltr',
  };
  return (
    <div className="sidecar">
      <p id={labelId}>{t('confidence.question')}</p>
      <RatingLine
        name={`sure-${query.id}`}
        scale={scale}
        rating={draft?.answer.confidence ?? null}
        keyboardStart={query.keyboardStart}
        showsNumber="never"
        isWanted={false}
        isReadOnly={isReadOnly}
        labelId={labelId}
        onRate={(confidence, move) =>
          onMove({ ...move, change: { confidence: confidence ?? undefined }, value: confidence })
        }
      />
    </div>
  );
}

const NO_ANSWER = { rating: null, marks: undefined, chips: undefined, number: undefined, typed: undefined } as const;

/** The ways not to answer, each on or off. Choosing one takes the answer away. */
function MissingCodes({ query, draft, isReadOnly, onMove }: QueryFieldProps) {
  const { t } = useTranslation();
  const given = draft?.answer.missingCode;
  const codes = query.requirement === 'answer' ? [] : query.missingCodes.filter((code) => code !== 'timed_out');
  if (codes.length === 0) return null;
  return (
    <p className="missing-codes">
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          className="is-quiet"
          aria-pressed={given === code}
          disabled={isReadOnly}
          onClick={(event) =>
            onMove({
              change: {
                ...NO_ANSWER,
                choice: undefined,
                text: undefined,
                missingCode: given === code ? undefined : code,
              },
              inputMode: clickMode(event),
              value: null,
            })
          }
        >
          {t(`missing.${code}`)}
        </button>
      ))}
    </p>
  );
}

export function QueryField(props: QueryFieldProps) {
  const { query, draft, fault, feedback, isReadOnly, onMove, onPaste } = props;
  const { t } = useTranslation();
  const labelId = `query-${query.id}`;
  const noteId = `note-${query.id}`;
  return (
    <fieldset className={fault ? 'query is-wanted' : 'query'} aria-describedby={noteId} data-query={query.id}>
      <legend id={labelId}>
        {query.text}
        {query.requirement === 'optional' && <span className="optional"> {t('query.optional')}</span>}
      </legend>
      <div className="answer">
        <AnswerWidget
          query={query}
          draft={draft}
          isWanted={fault === 'missing'}
          isReadOnly={isReadOnly}
          labelId={labelId}
          onMove={onMove}
          onPaste={onPaste}
        />
        {query.asksConfidence && <Confidence {...props} />}
        <MissingCodes {...props} />
        <p className={feedback ? `note is-${feedback.verdict}` : 'note'} id={noteId}>
          {fault === 'missing' && t('query.missing')}
          {fault === 'short' && t('query.short')}
          {fault === 'wrong' && t('query.wrong')}
          {!fault && feedback?.text}
        </p>
      </div>
    </fieldset>
  );
}
