/** Runs the program as it stands in the editor, shows the answers while it samples, and lets the observations be varied. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceState } from '../../../shared/programCheck.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';
import type { ProgramRun } from '../../state/programSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { EvidenceToggles } from './EvidenceToggles.tsx';
import { Histogram, useMethodText } from './PosteriorTable.tsx';

/** Gives what a run says of itself. */
function useStatusText(): (run: ProgramRun) => string {
  const { t } = useTranslation('program');
  const { decimal } = useWording();
  const methodText = useMethodText();
  return (run) => {
    if (run.state === 'failed') return '';
    if (run.state === 'stopped') return t('run.stopped');
    if (run.posterior) return methodText(run.posterior);
    const worst = Math.max(0, ...Object.values(run.queries).map(({ mcse }) => mcse ?? 0));
    return worst === 0 ? t('run.sampling') : t('run.precision', { mcse: decimal(worst, 2) });
  };
}

function Answers({ run, queries }: { readonly run: ProgramRun; readonly queries: Scenario['queries'] }) {
  const { t } = useTranslation('program');
  const { decimal } = useWording();
  const prior = useResearcher((state) => state.prior);
  const texts = new Map(queries.map(({ id, text }) => [String(id), text]));
  return (
    <ScrollFrame label={t('run.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('table.query')}</th>
            <th scope="col">{t('table.mean')}</th>
            <th scope="col">SD</th>
            <th scope="col">mcse</th>
            <th scope="col">{t('run.priorMean')}</th>
            <th scope="col">{t('run.scale')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(run.queries).map(([id, { mean, sd, mcse, bins }]) => (
            <tr key={id}>
              <th scope="row">
                <code>{id}</code> {texts.get(id)}
              </th>
              <td>{decimal(mean)}</td>
              <td>{decimal(sd)}</td>
              <td>{decimal(mcse, 2)}</td>
              <td>{decimal(prior?.[id]?.mean ?? null)}</td>
              <td>
                {bins && (
                  <Histogram
                    bins={bins}
                    outline={prior?.[id]?.bins ?? undefined}
                    label={t('table.histogram', { mean: decimal(mean) })}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

export function DeskPane({ scenario, source }: { readonly scenario: Scenario; readonly source: string }) {
  const { t } = useTranslation('program');
  const statusText = useStatusText();
  const check = useResearcher((state) => state.programCheck);
  const run = useResearcher((state) => state.programRun);
  const runProgram = useResearcher((state) => state.runProgram);
  const stopProgram = useResearcher((state) => state.stopProgram);
  const evidence = check?.evidence ?? [];
  const [chosen, setChosen] = useState<readonly EvidenceState[]>([]);
  const states = evidence.map((_, i) => chosen[i] ?? 'on');
  const hasErrors = check?.faults.some(({ severity }) => severity === 'error') ?? false;
  const vary = (next: readonly EvidenceState[]): void => {
    setChosen(next);
    void runProgram(source, next);
  };
  return (
    <>
      <p className="actions">
        <button
          type="button"
          className="is-primary"
          disabled={hasErrors || source.trim() === ''}
          onClick={() => runProgram(source, states)}
        >
          {t('run')}
        </button>
        <button type="button" disabled={run?.state !== 'running'} onClick={stopProgram}>
          {t('stop')}
        </button>
        <span className="facts" role="status">
          {run && statusText(run)}
        </span>
      </p>
      {run?.problem && (
        <p role="alert" className="is-failed">
          {run.problem}
        </p>
      )}
      {evidence.length > 0 && <EvidenceToggles evidence={evidence} states={states} onChange={vary} />}
      {run && Object.keys(run.queries).length > 0 && <Answers run={run} queries={scenario.queries} />}
    </>
  );
}
