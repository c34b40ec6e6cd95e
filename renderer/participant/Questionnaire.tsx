/** The questionnaire: one page of the participant's sequence at a time, with how far they are. */
import { useEffect, useRef } from 'react';
import { StageBadge } from '../components/StageBadge.tsx';
import { useParticipant } from '../state/participantStore.ts';
import type { Place } from './journey.ts';
import { ScenarioPage } from './ScenarioPage.tsx';
import { TextPage } from './TextPage.tsx';

function Progress({ place }: { readonly place: Place }) {
  const total = place.total ?? 0;
  const done = Math.min(place.index + 1, total);
  return (
    <header className="masthead">
      <p className="study-title">{place.study.title}</p>
      {place.study.stage !== 'live' && <StageBadge stage={place.study.stage} />}
      <p className="page-count">
        Page {done} of {total}
      </p>
      <progress max={total} value={done} aria-label="How far you are" />
    </header>
  );
}

function Page({ place }: { readonly place: Place }) {
  const { screen } = place;
  switch (screen?.kind) {
    case undefined:
      return <TextPage title="Please wait" body="The person in charge will let you go on." />;
    case 'questions':
      return <ScenarioPage key={screen.trialIndex} screen={screen} />;
    case 'consent':
      return <TextPage key={screen.trialIndex} title={screen.title} body={screen.body} button="I agree to take part" />;
    case 'text':
    case 'data-choice':
      return <TextPage key={screen.trialIndex} title={screen.title} body={screen.body} button="Continue" />;
    case 'check-in':
      return <TextPage title={screen.title} body={screen.body} button="Begin" />;
    case 'end':
      return <TextPage title={screen.title} body={screen.body || 'Everything is saved. You can close this page.'} />;
    default:
      return screen satisfies never;
  }
}

function Sending() {
  const progress = useParticipant((state) => state.progress);
  return (
    <p className="sending" role="status">
      {progress === 'waiting' &&
        'Your answers are kept on this machine. Waiting for the connection; you need not do anything.'}
    </p>
  );
}

/** Shown in place of any error: participants can do nothing about it, and nothing of theirs is lost. */
function Interruption() {
  const start = useParticipant((state) => state.start);
  return (
    <main className="page">
      <h1>Please wait a moment</h1>
      <p role="alert">Something went wrong here. Your answers so far are saved. Please tell the person in charge.</p>
      <button type="button" onClick={start}>
        Try again
      </button>
    </main>
  );
}

export function Questionnaire() {
  const place = useParticipant((state) => state.place);
  const main = useRef<HTMLElement>(null);
  const index = place.status === 'ready' ? place.value.index : -1;
  // A new page starts at its top, for the eye and for screen readers.
  useEffect(() => {
    if (index < 0) return;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [index]);
  if (place.status === 'failed') return <Interruption />;
  if (place.status === 'loading')
    return (
      <main className="page">
        <h1>One moment</h1>
        <p role="status">Getting your page…</p>
      </main>
    );
  return (
    <>
      <Progress place={place.value} />
      <main ref={main} tabIndex={-1}>
        <Page place={place.value} />
        <Sending />
      </main>
    </>
  );
}
