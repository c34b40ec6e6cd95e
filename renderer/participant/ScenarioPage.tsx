/** A scenario with all its queries on one page. Continue sends every answer and goes on when each is acknowledged. */
import { useRef, useState } from 'react';
import type { ScreenOf } from '../../shared/screen.ts';
import { useParticipant } from '../state/participantStore.ts';
import { unanswered } from './answers.ts';
import { RatingScale } from './RatingScale.tsx';

export function ScenarioPage({ screen }: { readonly screen: ScreenOf<'questions'> }) {
  const { scenario } = screen;
  const drafts = useParticipant((state) => state.drafts);
  const progress = useParticipant((state) => state.progress);
  const leave = useParticipant((state) => state.leave);
  const form = useRef<HTMLFormElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const missing = unanswered(screen, drafts);

  const submit = (): void => {
    setIsAsking(missing.length > 0);
    if (missing.length === 0) void leave();
    else form.current?.querySelector<HTMLInputElement>(`input[name="${missing[0]}"]`)?.focus();
  };

  return (
    <div className="scenario-page">
      <section className="story" aria-labelledby="story-title">
        <h1 id="story-title">What happened</h1>
        <p>{scenario?.background ?? screen.body}</p>
        <ol>
          {scenario?.conditions.map((text, i) => (
            // A result may be told twice, so the text alone is no key.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
            <li key={i}>{text}</li>
          ))}
        </ol>
      </section>
      <form
        ref={form}
        className="questions"
        aria-label="Questions"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {screen.queries.map((query) => (
          <RatingScale key={query.id} query={query} isWanted={isAsking && missing.includes(query.id)} />
        ))}
        <p className="asking" role="alert">
          {isAsking && missing.length > 0 && 'Please answer every question, then continue.'}
        </p>
        <button type="submit" className="is-primary" disabled={progress !== 'idle'}>
          {progress === 'idle' ? 'Continue' : 'Saving…'}
        </button>
      </form>
    </div>
  );
}
