/** One scenario: its text, its program, and what the program says. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../components/Loaded.tsx';
import type { OpenScenario } from '../../state/librarySlice.ts';
import { useResearcher } from '../../state/store.ts';
import { PosteriorTable } from './PosteriorTable.tsx';
import { ProgramPane } from './ProgramPane.tsx';
import { VerdictBadge } from './ScenarioList.tsx';

function ScenarioText({ scenario }: { readonly scenario: OpenScenario['scenario'] }) {
  const { t } = useTranslation('program');
  return (
    <section aria-labelledby="text-title">
      <h2 id="text-title">{t('text')}</h2>
      <div className="scenario">
        <p>{scenario.background}</p>
        <ol>
          {scenario.conditions.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      </div>
      <h3>{t('queries')}</h3>
      <ol className="queries">
        {scenario.queries.map(({ id, text, kind }) => (
          <li key={id}>
            <code>{id}</code> {text} <span className="badge">{kind}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Acts({ scenario }: { readonly scenario: OpenScenario['scenario'] }) {
  const { t } = useTranslation('program');
  const remove = useResearcher((state) => state.removeScenarios);
  const startJob = useResearcher((state) => state.startJob);
  const go = useResearcher((state) => state.go);
  const run = (): void =>
    void startJob({ kind: 'run', input: { scenarios: { ids: [scenario.id] }, precision: 0.5, seed: 1 } });
  return (
    <p className="actions">
      <button type="button" className="is-primary" disabled={scenario.program === undefined} onClick={run}>
        {t('runAndCheck')}
      </button>
      <button
        type="button"
        onClick={() => {
          go('scenarios');
          void remove({ ids: [scenario.id] });
        }}
      >
        {t('delete')}
      </button>
    </p>
  );
}

function View({ open }: { readonly open: OpenScenario }) {
  const { t } = useTranslation('program');
  const { scenario, entry, posterior } = open;
  const { motif } = scenario;
  return (
    <article className="panel">
      <h1>{scenario.subdomain}</h1>
      <p className="facts">
        <code>{scenario.id}</code> · {scenario.domain} · {scenario.style} · {scenario.source}
        {motif && ` · ${t('motif', { ...motif })}`}
        {scenario.seed !== undefined && ` · ${t('seed', { seed: scenario.seed })}`}{' '}
        <VerdictBadge verdict={entry.verdict} />
      </p>
      {entry.reason !== '' && <p className="is-failed">{entry.reason}</p>}
      <Acts scenario={scenario} />
      <ScenarioText scenario={scenario} />
      {posterior && <PosteriorTable scenario={scenario} posterior={posterior} />}
      <ProgramPane key={scenario.program} scenario={scenario} />
    </article>
  );
}

export function ScenarioView({ id }: { readonly id: string }) {
  const { t } = useTranslation('program');
  const { t: frame } = useTranslation('frame');
  const open = useResearcher((state) => state.openScenario);
  const show = useResearcher((state) => state.showScenario);
  useEffect(() => {
    void show(id);
  }, [id, show]);
  return (
    <Loaded of={open} what={t('what')} onRetry={() => show(id)}>
      {(value) =>
        value.scenario.id === id ? (
          <View open={value} />
        ) : (
          <p className="state">{frame('load.loading', { what: t('what') })}</p>
        )
      }
    </Loaded>
  );
}
