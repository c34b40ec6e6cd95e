/** A screen that asks: queries with or without their scenario, checks, practice, questionnaires. Continue goes on when every answer is stored. */
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { QueryField } from '../../components/widgets/QueryField.tsx';
import { pointerMode } from '../../components/widgets/widget.ts';
import { useAdvanced, useParticipant } from '../../state/participantStore.ts';
import { wantedOf } from '../answers.ts';
import type { Drafts, InputMode } from '../draft.ts';
import { Paragraphs } from './Paragraphs.tsx';
import { QuestionsFoot } from './QuestionsFoot.tsx';
import { Story } from './Story.tsx';
import { TimeLeft } from './TimeLeft.tsx';
import { isTried, TutorialSteps } from './TutorialSteps.tsx';

type QuestionsScreenProps = { readonly screen: ScreenOf<'questions'>; readonly canGoBack: boolean };

/** What the participant was asked to see to before going on. */
type Asking = 'nothing' | 'missing' | 'short' | 'tutorial';

function Head({ screen }: { readonly screen: ScreenOf<'questions'> }) {
  const { t } = useTranslation();
  const advanced = useAdvanced();
  const { phase, attempt } = screen;
  const isRetry = advanced?.outcome === 'retry';
  return (
    <>
      {screen.isReadOnly && <p className="callout">{t('page.readOnly')}</p>}
      {isRetry && (
        <p className="callout" role="status">
          {t('check.again')}
        </p>
      )}
      {(phase === 'practice' || phase === 'tutorial') && <p className="eyebrow">{t(`phase.${phase}`)}</p>}
      {attempt && attempt.of > 1 && (
        <p className="eyebrow">{t('check.attempt', { number: attempt.number, of: attempt.of })}</p>
      )}
      {screen.title !== null && <h1 dir="auto">{screen.title}</h1>}
      {screen.title === null && screen.scenario === null && <h1 className="unseen">{t('questions.label')}</h1>}
      {screen.body !== null && (
        <div className="prose">
          <Paragraphs text={screen.body} />
        </div>
      )}
      {phase === 'practice' && <p className="fine">{t('practice.note')}</p>}
      {screen.queries.length === 0 && <p className="fine">{t('questions.read')}</p>}
    </>
  );
}

/** What is to be seen to next, if anything. */
function nextAsking(screen: ScreenOf<'questions'>, drafts: Drafts, before: Asking): Asking {
  if (screen.isReadOnly) return 'nothing';
  const { missing, short } = wantedOf(screen.queries, drafts);
  if (missing.length > 0) return 'missing';
  const [query] = screen.queries;
  if (screen.phase === 'tutorial' && !isTried({ widget: query.widget, trace: drafts[query.id]?.trace ?? [] }))
    return 'tutorial';
  return short.length > 0 && before !== 'short' ? 'short' : 'nothing';
}

export function QuestionsScreen({ screen, canGoBack }: QuestionsScreenProps) {
  const { t } = useTranslation();
  // Not the whole state: a screen that is being left is not drawn again while its answers are on their way.
  const drafts = useParticipant((state) => state.drafts);
  const feedback = useParticipant((state) => state.feedback);
  const answer = useParticipant((state) => state.answer);
  const leave = useParticipant((state) => state.leave);
  const practise = useParticipant((state) => state.practise);
  const report = useParticipant((state) => state.report);
  const wrong = useAdvanced()?.wrong ?? [];
  const form = useRef<HTMLFormElement>(null);
  const mode = useRef<InputMode>('keyboard');
  const [asking, setAsking] = useState<Asking>('nothing');
  const { missing, begun, short } = wantedOf(screen.queries, drafts);
  const [tried] = screen.queries;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const next = nextAsking(screen, drafts, asking);
    setAsking(next);
    const [wanted] = next === 'missing' ? missing : next === 'short' ? short : [];
    if (wanted !== undefined)
      form.current
        ?.querySelector<HTMLElement>(`[data-query="${wanted}"] :is(input, textarea, [tabindex="0"])`)
        ?.focus();
    else if (next === 'nothing' && screen.givesFeedback && feedback === null) void practise(mode.current);
    else if (next === 'nothing') void leave('response', mode.current);
  };

  const faultOf = (id: string): 'missing' | 'short' | 'wrong' | null => {
    if (asking !== 'nothing' && missing.includes(id)) return begun.includes(id) ? 'short' : 'missing';
    if (asking === 'short' && short.includes(id)) return 'short';
    return wrong.some((other) => other === id) ? 'wrong' : null;
  };

  return (
    <div className={screen.scenario ? 'questions-page has-story' : 'questions-page'}>
      {screen.scenario && <Story scenario={screen.scenario} isFirst={screen.title === null} />}
      <form
        ref={form}
        className="questions"
        aria-label={t('questions.label')}
        noValidate
        onSubmit={submit}
        onPointerDown={(event) => {
          mode.current = pointerMode(event.pointerType);
        }}
        onKeyDown={(event: KeyboardEvent) => {
          mode.current = 'keyboard';
          // Enter in a field would leave the screen before the other queries were reached.
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
      >
        <Head screen={screen} />
        {screen.maxSeconds !== null && <TimeLeft maxSeconds={screen.maxSeconds} />}
        {screen.phase === 'tutorial' && tried && (
          <TutorialSteps widget={tried.widget} trace={drafts[tried.id]?.trace ?? []} />
        )}
        {screen.queries.map((query) => (
          <QueryField
            key={query.id}
            query={query}
            draft={drafts[query.id]}
            fault={faultOf(query.id)}
            feedback={feedback?.find(({ queryId }) => queryId === query.id)}
            isReadOnly={screen.isReadOnly}
            onMove={(move) => answer(query.id, move)}
            onPaste={() => report('paste', query.id)}
          />
        ))}
        <QuestionsFoot screen={screen} canGoBack={canGoBack} asking={asking} open={missing.length} />
      </form>
    </div>
  );
}
