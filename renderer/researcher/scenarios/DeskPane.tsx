/** Runs the program as it stands in the editor, shows the answers while it samples, and lets the observations be varied. */
import { useState } from 'react';
import { decimal } from '../../../engine/figures/numberText.ts';
import type { EvidenceState } from '../../../shared/programCheck.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import type { ProgramRun } from '../../state/programSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { EvidenceToggles } from './EvidenceToggles.tsx';
import { Histogram, methodText } from './PosteriorTable.tsx';

/** What the run says of itself. */
function statusText(run: ProgramRun): string {
  if (run.state === 'failed') return '';
  if (run.state === 'stopped') return 'Stopped: what had been sampled is shown.';
  if (run.posterior) return methodText(run.posterior);
  const worst = Math.max(0, ...Object.values(run.queries).map(({ mcse }) => mcse ?? 0));
  return worst === 0 ? 'Sampling…' : `Sampling… worst mcse ${decimal(worst, 2)}`;
}

function Answers({ run, queries }: { readonly run: ProgramRun; readonly queries: Scenario['queries'] }) {
  const prior = useResearcher((state) => state.prior);
  const texts = new Map(queries.map(({ id, text }) => [String(id), text]));
  return (
    <ScrollFrame label="Answers of the program on the desk">
      <table>
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col">Mean</th>
            <th scope="col">SD</th>
            <th scope="col">mcse</th>
            <th scope="col">Prior mean</th>
            <th scope="col">0 – 100 (line: prior)</th>
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
                    label={`Distribution over 0–100, mean ${decimal(mean)}`}
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
          Run
        </button>
        <button type="button" disabled={run?.state !== 'running'} onClick={stopProgram}>
          Stop
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
