/** The researcher's window: masthead, the way to every screen, the screen, and the jobs that run. */
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../components/Loaded.tsx';
import { RESEARCHER_LANGUAGES, type ResearcherLanguage } from '../language/researcher/screens.ts';
import { chooseLanguage } from '../language/researcher/translator.ts';
import type { ScreenName } from '../state/routeSlice.ts';
import { routeHash } from '../state/routeSlice.ts';
import { useResearcher } from '../state/store.ts';
import { BenchmarkScreen } from './benchmarks/BenchmarkScreen.tsx';
import { ComparisonScreen } from './comparisons/ComparisonScreen.tsx';
import { DatasetScreen } from './datasets/DatasetScreen.tsx';
import { EvaluationScreen } from './EvaluationScreen.tsx';
import { Home } from './Home.tsx';
import { JobPanel } from './jobs/JobPanel.tsx';
import { LabScreen } from './lab/LabScreen.tsx';
import { MonitorScreen } from './monitor/MonitorScreen.tsx';
import { Palette } from './Palette.tsx';
import { SessionScreen } from './sessions/SessionScreen.tsx';
import { SettingsScreen } from './settings/SettingsScreen.tsx';
import { TrainingScreen } from './training/TrainingScreen.tsx';

/** The order of the navigation is that of the work. */
const ORDER: readonly ScreenName[] = [
  'home',
  'scenarios',
  'datasets',
  'training',
  'evaluations',
  'studies',
  'sessions',
  'comparisons',
  'benchmarks',
  'monitor',
  'lab',
  'settings',
];

/** Loaded when it is first shown: it brings the program editor, which the start need not wait for. */
const ScenarioScreen = lazy(async () => ({ default: (await import('./scenarios/ScenarioScreen.tsx')).ScenarioScreen }));

const StudyScreen = lazy(async () => ({ default: (await import('./studies/StudyScreen.tsx')).StudyScreen }));

const CONTENT: Readonly<Record<ScreenName, ComponentType>> = {
  home: Home,
  studies: StudyScreen,
  sessions: SessionScreen,
  monitor: MonitorScreen,
  scenarios: ScenarioScreen,
  datasets: DatasetScreen,
  training: TrainingScreen,
  evaluations: EvaluationScreen,
  comparisons: ComparisonScreen,
  benchmarks: BenchmarkScreen,
  lab: LabScreen,
  settings: SettingsScreen,
};

const LANGUAGE_TAGS = Object.keys(RESEARCHER_LANGUAGES) as ResearcherLanguage[];

/** The language of these screens, by its own name. */
function LanguageChoice() {
  const { t, i18n } = useTranslation('frame');
  return (
    <select
      className="language"
      aria-label={t('language.title')}
      value={i18n.language}
      onChange={({ target }) => {
        const chosen = LANGUAGE_TAGS.find((tag) => tag === target.value);
        if (chosen) chooseLanguage(i18n, chosen);
      }}
    >
      {LANGUAGE_TAGS.map((tag) => (
        <option key={tag} value={tag} lang={tag}>
          {RESEARCHER_LANGUAGES[tag]}
        </option>
      ))}
    </select>
  );
}

function Masthead() {
  const { t } = useTranslation('frame');
  const info = useResearcher((state) => state.info);
  return (
    <header className="masthead">
      <p className="brand">Credence</p>
      {info.status === 'ready' && (
        <p className="workspace">
          {t('workspace')} <code>{info.value.workspace}</code>
          <span className="version">{t('version', { version: info.value.version })}</span>
        </p>
      )}
      <LanguageChoice />
    </header>
  );
}

function Navigation() {
  const { t } = useTranslation('frame');
  const shown = useResearcher((state) => state.route.screen);
  return (
    <nav className="screens" aria-label={t('screens')}>
      <ul>
        {ORDER.map((screen) => (
          <li key={screen}>
            <a href={routeHash({ screen, item: null })} aria-current={screen === shown ? 'page' : undefined}>
              {t(`screen.${screen}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The screen of the route. A change of screen moves the focus to it, so that keyboard and screen reader follow. */
function Screen() {
  const { t } = useTranslation('frame');
  const screen = useResearcher((state) => state.route.screen);
  const main = useRef<HTMLElement>(null);
  const last = useRef(screen);
  useEffect(() => {
    if (last.current !== screen) main.current?.focus();
    last.current = screen;
    document.title = `${t(`screen.${screen}`)} – Credence`;
  }, [screen, t]);
  const Content = CONTENT[screen];
  return (
    <main id="screen" ref={main} tabIndex={-1}>
      <Suspense fallback={<p role="status">{t('opening')}</p>}>
        <Content />
      </Suspense>
    </main>
  );
}

export function App() {
  const { t } = useTranslation('frame');
  const info = useResearcher((state) => state.info);
  const start = useResearcher((state) => state.start);
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('screen')?.focus()}>
        {t('skip')}
      </button>
      <Masthead />
      <Loaded of={info} what={t('workspace')} onRetry={start}>
        {() => (
          <div className="workbench">
            <Navigation />
            <Screen />
            <JobPanel />
            <Palette />
          </div>
        )}
      </Loaded>
    </>
  );
}
