/** A scenario with all its queries on one page. Continue sends every answer and goes on when each is acknowledged. */
import { useRef, useState } from 'react';
import type { Scenario } from '../../shared/scenario.ts';
import type { Scale } from '../../shared/study.ts';
import { useParticipant } from '../state/participantStore.ts';
import { unanswered } from './answers.ts';
import { RatingScale } from './RatingScale.tsx';

type ScenarioPageProps = {
  readonly scenario: Omit<Scenario, 'program'>;
  readonly scales: readonly Scale[];
};

export function ScenarioPage({ scenario, scales }: ScenarioPageProps) {
  const drafts = useParticipant((state) => state.drafts);
  const progress = useParticipant((state) => state.progress);
  const leave = useParticipant((state) => state.leave);
  const form = useRef<HTMLFormElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const missing = unanswered(scenario, drafts);

  const submit = (): void => {
    setIsAsking(missing.length > 0);
    if (missing.length === 0) void leave();
    else form.current?.querySelector<HTMLInputElement>(`input[name="${missing[0]}"]`)?.focus();
  };

  return (
    <div className="scenario-page">
      <section className="story" aria-labelledby="story-title">
        <h1 id="story-title">What happened</h1>
        <p>{scenario.background}</p>
        <ol>
          {scenario.conditions.map(({ text }, i) => (
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
        {scenario.queries.map((query) => (
          <RatingScale
            key={query.id}
            query={query}
            scale={scales.find(({ kind }) => kind === query.kind)}
            isWanted={isAsking && missing.includes(query.id)}
          />
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
