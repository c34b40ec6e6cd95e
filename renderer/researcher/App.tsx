/** The researcher's window: masthead, the way to every screen, the screen, and the jobs that run. */
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { Loaded } from '../components/Loaded.tsx';
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
import { SettingsScreen } from './settings/SettingsScreen.tsx';
import { TrainingScreen } from './training/TrainingScreen.tsx';

/** The screens as the navigation names them, in the order of the work. */
export const SCREEN_TITLES: Readonly<Record<ScreenName, string>> = {
  home: 'Studies and reports',
  monitor: 'Monitor',
  scenarios: 'Scenarios',
  datasets: 'Datasets',
  training: 'Training',
  evaluations: 'Evaluations',
  comparisons: 'Comparisons',
  benchmarks: 'Benchmarks',
  lab: 'Lab stations',
  settings: 'Settings',
};
const ORDER: readonly ScreenName[] = [
  'home',
  'scenarios',
  'datasets',
  'training',
  'evaluations',
  'comparisons',
  'benchmarks',
  'monitor',
  'lab',
  'settings',
];

/** Loaded when it is first shown: it brings the program editor, which the start need not wait for. */
const ScenarioScreen = lazy(async () => ({ default: (await import('./scenarios/ScenarioScreen.tsx')).ScenarioScreen }));

const CONTENT: Readonly<Record<ScreenName, ComponentType>> = {
  home: Home,
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

function Masthead() {
  const info = useResearcher((state) => state.info);
  return (
    <header className="masthead">
      <p className="brand">Credence</p>
      {info.status === 'ready' && (
        <p className="workspace">
          Workspace <code>{info.value.workspace}</code>
          <span className="version">version {info.value.version}</span>
        </p>
      )}
    </header>
  );
}

function Navigation() {
  const shown = useResearcher((state) => state.route.screen);
  return (
    <nav className="screens" aria-label="Screens">
      <ul>
        {ORDER.map((screen) => (
          <li key={screen}>
            <a href={routeHash({ screen, item: null })} aria-current={screen === shown ? 'page' : undefined}>
              {SCREEN_TITLES[screen]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The screen of the route. A change of screen moves the focus to it, so that keyboard and screen reader follow. */
function Screen() {
  const screen = useResearcher((state) => state.route.screen);
  const main = useRef<HTMLElement>(null);
  const last = useRef(screen);
  useEffect(() => {
    if (last.current !== screen) main.current?.focus();
    last.current = screen;
    document.title = `${SCREEN_TITLES[screen]} – Credence`;
  }, [screen]);
  const Content = CONTENT[screen];
  return (
    <main id="screen" ref={main} tabIndex={-1}>
      <Suspense fallback={<p role="status">Opening…</p>}>
        <Content />
      </Suspense>
    </main>
  );
}

export function App() {
  const info = useResearcher((state) => state.info);
  const start = useResearcher((state) => state.start);
  return (
    <>
      <button type="button" className="skip" onClick={() => document.getElementById('screen')?.focus()}>
        Skip to the screen
      </button>
      <Masthead />
      <Loaded of={info} what="the workspace" onRetry={start}>
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
