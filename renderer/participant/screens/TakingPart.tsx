/** The participant's whole page: whatever the host has for them, or why it has nothing. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../shared/participation.ts';
import { pageLanguage } from '../../language/language.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { CheckInScreen } from './CheckInScreen.tsx';
import { ConsentScreen } from './ConsentScreen.tsx';
import { DataChoiceScreen } from './DataChoiceScreen.tsx';
import { DeviceScreen } from './DeviceScreen.tsx';
import { EndScreen } from './EndScreen.tsx';
import { HoldScreen } from './HoldScreen.tsx';
import { Masthead } from './Masthead.tsx';
import { QuestionsScreen } from './QuestionsScreen.tsx';
import { SavingNote } from './SavingNote.tsx';
import { TextScreen } from './TextScreen.tsx';
import { useComfort } from './useComfort.ts';

function Screen({ place }: { readonly place: Place }) {
  const { screen, hold } = place;
  if (hold !== null) return <HoldScreen hold={hold} />;
  if (screen === null) return <HoldScreen hold="gate" />;
  switch (screen.kind) {
    case 'check-in':
      return <CheckInScreen screen={screen} place={place} />;
    case 'device':
      return <DeviceScreen screen={screen} />;
    case 'consent':
      return <ConsentScreen screen={screen} />;
    case 'text':
      return <TextScreen screen={screen} canGoBack={place.canGoBack} />;
    case 'questions':
      return <QuestionsScreen screen={screen} canGoBack={place.canGoBack} />;
    case 'data-choice':
      return <DataChoiceScreen screen={screen} />;
    case 'end':
      return <EndScreen screen={screen} />;
    default:
      return screen satisfies never;
  }
}

/** Shown in place of any error: participants can do nothing about it, and nothing of theirs is lost. */
function Interruption({ words }: { readonly words: 'page.failed' | 'page.signedOut' }) {
  const { t } = useTranslation();
  const start = useParticipant((state) => state.start);
  return (
    <main className="sheet">
      <h1>{t('page.failedTitle')}</h1>
      <p role="alert">{t(words)}</p>
      <p className="actions">
        <button type="button" className="is-primary" onClick={start}>
          {t('page.tryAgain')}
        </button>
      </p>
    </main>
  );
}

/** What tells one showing of a screen from the next: a check that is tried again is shown anew. */
function showingOf({ screen, hold, index }: Place): string {
  const attempt = screen?.kind === 'questions' ? screen.attempt?.number : 0;
  return `${index} ${screen?.kind} ${hold} ${attempt}`;
}

/** `isPreview`: within another page, which has its own main part. */
export function TakingPart({ isPreview = false }: { readonly isPreview?: boolean }) {
  const Main = isPreview ? 'div' : 'main';
  const { t, i18n } = useTranslation();
  const current = useParticipant((state) => state.current);
  const isSignedOut = useParticipant((state) => state.isSignedOut);
  const present = useParticipant((state) => state.present);
  const main = useRef<HTMLDivElement>(null);
  const spoken = useRef<string | null>(null);
  const place = current.status === 'ready' ? current.value.place : null;
  const showing = place ? showingOf(place) : null;
  const locale = place?.locale;
  useComfort(place?.comfort ?? null, locale ?? i18n.language);

  useEffect(() => {
    // Only a new place speaks; check-in may try out another language meanwhile.
    if (locale === undefined || locale === spoken.current) return;
    spoken.current = locale;
    void i18n.changeLanguage(pageLanguage(locale));
  }, [locale, i18n]);

  useEffect(() => {
    if (showing === null) return;
    // A new screen starts at its top, for the eye and for screen readers.
    document.querySelector('.participant')?.scrollTo(0, 0);
    // In a preview, somebody may be typing beside it.
    const frameOf = document.activeElement?.closest('.participant') ?? document.activeElement;
    if (!isPreview || frameOf?.contains(main.current)) main.current?.focus({ preventScroll: true });
    // It is presented when the second frame after its insertion begins: by then the first was painted.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(present);
    });
    return () => cancelAnimationFrame(frame);
  }, [showing, present, isPreview]);

  if (isSignedOut) return <Interruption words="page.signedOut" />;
  if (current.status === 'failed') return <Interruption words="page.failed" />;
  if (place === null)
    return (
      <main className="sheet is-loading">
        <h1>{t('page.loading')}</h1>
      </main>
    );
  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {t('page.skip')}
      </button>
      <Masthead place={place} />
      <Main ref={main} className="content" tabIndex={-1}>
        <Screen key={showing} place={place} />
        <SavingNote />
      </Main>
    </>
  );
}
