/** What a run's adapter was made from, and giving it away. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdapterProvenance, RunSummary } from '../../../shared/workspaceProcedures.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useResearcher } from '../../state/store.ts';

function Files({ inputs }: Pick<AdapterProvenance, 'inputs'>) {
  const { t } = useTranslation('training');
  const files = Object.entries({ ...inputs.transformer, ...inputs.dataset });
  return (
    <details>
      <summary>{t('provenance.files')}</summary>
      <ul className="hashes">
        {files.map(([file, hash]) => (
          <li key={file}>
            {file} <code>{hash}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ExportActs({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const startJob = useResearcher((state) => state.startJob);
  const [note, setNote] = useState('');
  const start = async (form: 'peft' | 'merged'): Promise<void> => {
    // A name of a folder has 60 letters at most, and is not given twice.
    const name = `${run.name.slice(0, 40)}-${form}-${run.steps}`;
    const job = await startJob({ kind: 'adapter', input: { name, run: run.name, form } });
    setNote(job ? t('provenance.started', { name }) : '');
  };
  return (
    <>
      <p className="actions">
        <button type="button" onClick={() => void start('peft')}>
          {t('provenance.peft')}
        </button>
        <button type="button" disabled={run.origin === null} onClick={() => void start('merged')}>
          {t('provenance.merged')}
        </button>
      </p>
      <p role="status">{note}</p>
    </>
  );
}

export function Provenance({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('training');
  const provenance = useResearcher((state) => state.provenance);
  const load = useResearcher((state) => state.loadProvenance);
  const { name, best } = run;
  const bestStep = best?.step;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a better checkpoint is another adapter
  useEffect(() => void load(name), [name, bestStep, load]);
  return (
    <section aria-labelledby="adapter-title">
      <h2 id="adapter-title">{t('provenance.title')}</h2>
      <Loaded of={provenance} what={t('provenance.title')} onRetry={() => load(name)}>
        {({ step, backend, inputs }) => (
          <>
            <p className="facts">
              {t('provenance.of', { step, device: backend.name, threads: backend.threads })}{' '}
              {t('provenance.place', { place: `runs/${name}/adapter` })}
            </p>
            <Files inputs={inputs} />
          </>
        )}
      </Loaded>
      <ExportActs run={run} />
    </section>
  );
}
