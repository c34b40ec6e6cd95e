/** Check-in: who comes, in which language, and what makes the page comfortable. Nothing has started before Start is pressed. */
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../../../engine/study/studyTexts.ts';
import type { Place } from '../../../shared/participation.ts';
import type { ScreenOf } from '../../../shared/screen.ts';
import { pageLanguage } from '../../language/language.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { Paragraphs } from './Paragraphs.tsx';
import { useComfort } from './useComfort.ts';

type Comfort = NonNullable<Place['comfort']>;
const PLAIN: Comfort = { textSize: 'normal', hasHighContrast: false, hasReducedMotion: false };
const SIZES = ['normal', 'large', 'larger'] as const;

/** A language's name in the language itself. */
const ownName = (locale: string): string => new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;

type ComfortFieldsProps = { readonly comfort: Comfort; readonly onChange: (comfort: Comfort) => void };

function ComfortFields({ comfort, onChange }: ComfortFieldsProps) {
  const { t } = useTranslation();
  return (
    <details className="comfort">
      <summary>{t('checkIn.comfort')}</summary>
      <fieldset className="segments">
        <legend>{t('checkIn.textSize')}</legend>
        {SIZES.map((textSize) => (
          <label key={textSize}>
            <input
              type="radio"
              name="text-size"
              checked={comfort.textSize === textSize}
              onChange={() => onChange({ ...comfort, textSize })}
            />
            <span>{t(`checkIn.size.${textSize}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="option">
        <input
          type="checkbox"
          checked={comfort.hasHighContrast}
          onChange={(event) => onChange({ ...comfort, hasHighContrast: event.target.checked })}
        />
        <span>{t('checkIn.contrast')}</span>
      </label>
      <label className="option">
        <input
          type="checkbox"
          checked={comfort.hasReducedMotion}
          onChange={(event) => onChange({ ...comfort, hasReducedMotion: event.target.checked })}
        />
        <span>{t('checkIn.motion')}</span>
      </label>
      <p className="fine">{t('checkIn.keyboard')}</p>
    </details>
  );
}

type CheckInScreenProps = { readonly screen: ScreenOf<'check-in'>; readonly place: Place };

export function CheckInScreen({ screen, place }: CheckInScreenProps) {
  const { t, i18n } = useTranslation();
  const checkIn = useParticipant((state) => state.checkIn);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  const [locale, setLocale] = useState(place.locale);
  const [comfort, setComfort] = useState(place.comfort ?? PLAIN);
  const [label, setLabel] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  useComfort(comfort, locale);
  // The words follow the choice at once: nobody should have to read another language to find theirs.
  const words = screen.languages.find((language) => language.locale === locale) ?? screen.languages[0];

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = label.trim();
    if (screen.asksLabel && given === '') {
      setIsAsking(true);
      document.getElementById('check-in-label')?.focus();
    } else void checkIn({ locale, comfort, ...(given === '' ? {} : { label: given }) });
  };
  const speak = (chosen: string): void => {
    setLocale(chosen);
    void i18n.changeLanguage(pageLanguage(chosen));
  };

  return (
    <form className="sheet is-narrow" onSubmit={submit} noValidate>
      <h1 dir="auto">{words.title}</h1>
      <div className="prose">
        <Paragraphs text={words.body} />
      </div>
      {screen.languages.length > 1 && (
        <fieldset className="segments">
          <legend>{t('checkIn.language')}</legend>
          {screen.languages.map(({ locale: tag }) => (
            <label key={tag} lang={tag} dir={directionOf(tag)}>
              <input type="radio" name="language" checked={locale === tag} onChange={() => speak(tag)} />
              <span>{ownName(tag)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {screen.asksLabel && (
        <div className="labelled">
          <label htmlFor="check-in-label">{t('checkIn.label')}</label>
          <input
            id="check-in-label"
            type="text"
            dir="auto"
            autoComplete="off"
            maxLength={80}
            value={label}
            aria-required="true"
            aria-invalid={isAsking && label.trim() === ''}
            aria-describedby="check-in-problem"
            onChange={(event) => setLabel(event.target.value)}
          />
          <p className="problem" id="check-in-problem" role="alert">
            {isAsking && label.trim() === '' && t('checkIn.labelMissing')}
          </p>
        </div>
      )}
      <ComfortFields comfort={comfort} onChange={setComfort} />
      <p className="actions">
        <button type="submit" className="is-primary" disabled={!isIdle}>
          {t('checkIn.start')}
        </button>
      </p>
    </form>
  );
}
