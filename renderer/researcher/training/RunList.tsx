/** The runs of the workspace, each a link to its own place; those that are ticked are compared. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../shared/workspaceProcedures.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';

/** As many lines as a figure keeps apart. */
const MOST_COMPARED = 6;

function Entry({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  const isShown = useResearcher((state) => state.route.item === run.name);
  const { name, config, steps, best } = run;
  const facts = { target: config.target, steps };
  return (
    <a
      className="entry"
      href={routeHash({ screen: 'training', item: name })}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className="entry-title">{name}</span>
      <span className="facts">{best ? t('factsBest', { ...facts, mae: decimal(best.mae) }) : t('facts', facts)}</span>
    </a>
  );
}

function Runs({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { t } = useTranslation('training');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const tick = (name: string, isTicked: boolean): void =>
    setTicked(isTicked ? [...ticked, name].slice(-MOST_COMPARED) : ticked.filter((other) => other !== name));
  return (
    <>
      {ticked.length > 1 && (
        <p className="actions">
          <a className="button" href={routeHash({ screen: 'training', item: ticked.join(',') })}>
            {t('compare', { count: ticked.length })}
          </a>
        </p>
      )}
      <ul className="entries">
        {runs.map((run) => (
          <li key={run.name} className="ticked-entry">
            <input
              type="checkbox"
              aria-label={t('select', { name: run.name })}
              checked={ticked.includes(run.name)}
              onChange={({ target }) => tick(run.name, target.checked)}
            />
            <Entry run={run} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function RunList() {
  const { t } = useTranslation('training');
  const runs = useResearcher((state) => state.runs);
  const load = useResearcher((state) => state.loadWorkbench);
  return (
    <Loaded of={runs} what={t('runs')} onRetry={load}>
      {(list) => (list.length === 0 ? <p className="state">{t('runsEmpty')}</p> : <Runs runs={list} />)}
    </Loaded>
  );
}
