/** The card of a dataset: counts, settings, labels; and its records with their target histograms. */

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatasetManifest } from '../../../shared/dataset.ts';
import type { DatasetRecord, Split } from '../../../shared/training.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';
import { RECORD_ROWS } from '../../state/workbenchSlice.ts';
import { Histogram } from '../scenarios/PosteriorTable.tsx';

const SPLITS = ['train', 'validation', 'test'] as const satisfies readonly Split[];

function CellTable({ manifest }: { readonly manifest: DatasetManifest }) {
  const { t } = useTranslation('datasets');
  const { decimal } = useWording();
  const { meanMcse, worstMcse, executions } = manifest.labels;
  return (
    <ScrollFrame label={t('cells.title')}>
      <table>
        <caption>
          {t('cells.caption', { mean: decimal(meanMcse, 2), worst: decimal(worstMcse, 2), executions })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('cells.cell')}</th>
            <th scope="col">{t('cells.labelled')}</th>
            <th scope="col">{t('cells.refused')}</th>
            {SPLITS.map((split) => (
              <th key={split} scope="col">
                {split}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(manifest.cells).map(([cell, { labelled, rejected, records }]) => (
            <tr key={cell}>
              <th scope="row">{cell}</th>
              <td>{labelled}</td>
              <td>{rejected}</td>
              {SPLITS.map((split) => (
                <td key={split}>{records[split]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function RecordTable({ records }: { readonly records: readonly DatasetRecord[] }) {
  const { t } = useTranslation('datasets');
  const { decimal } = useWording();
  return (
    <ScrollFrame label={t('records.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('records.query')}</th>
            <th scope="col">{t('records.kind')}</th>
            <th scope="col">{t('records.mean')}</th>
            <th scope="col">{t('records.sd')}</th>
            <th scope="col">{t('records.target')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ scenarioId, queryId, question, kind, mean, sd, bins }) => (
            <tr key={`${scenarioId} ${queryId}`}>
              <th scope="row">
                <code>
                  {scenarioId} {queryId}
                </code>{' '}
                {question.replace(/^QUERY\s+/, '').split('\n')[0]}
              </th>
              <td>{kind}</td>
              <td>{decimal(mean)}</td>
              <td>{decimal(sd)}</td>
              <td>
                <Histogram bins={bins} label={t('records.histogram', { mean: decimal(mean) })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Records({ name, manifest }: { readonly name: string; readonly manifest: DatasetManifest }) {
  const { t } = useTranslation('datasets');
  const { count } = useWording();
  const records = useResearcher((state) => state.records);
  const load = useResearcher((state) => state.loadRecords);
  const [split, setSplit] = useState<Split>('train');
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    void load(name, split, offset);
  }, [load, name, split, offset]);
  const total = manifest.records[split];
  return (
    <section aria-labelledby="records-title">
      <h2 id="records-title">{t('records.title')}</h2>
      <p className="actions">
        {SPLITS.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === split}
            onClick={() => {
              setSplit(choice);
              setOffset(0);
            }}
          >
            {choice} ({count(manifest.records[choice])})
          </button>
        ))}
        <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - RECORD_ROWS)}>
          {t('records.earlier')}
        </button>
        <button type="button" disabled={offset + RECORD_ROWS >= total} onClick={() => setOffset(offset + RECORD_ROWS)}>
          {t('records.later')}
        </button>
      </p>
      <Loaded of={records} what={t('records.what')} onRetry={() => load(name, split, offset)}>
        {(list) => (list.length === 0 ? <p className="state">{t('records.none')}</p> : <RecordTable records={list} />)}
      </Loaded>
    </section>
  );
}

export function DatasetCard({ name, manifest }: { readonly name: string; readonly manifest: DatasetManifest }) {
  const { t } = useTranslation('datasets');
  const { settings, scenarios } = manifest;
  const { source, target, precision, method, seed, engineVersion: version } = settings;
  return (
    <article className="panel">
      <h1>{name}</h1>
      <p className="facts">
        {t('card.counts', { ...scenarios })} · {t(`source.${source}`)}, {t(`target.${target}`)} ·{' '}
        {t('card.settings', { precision, method, seed, version })}
      </p>
      <CellTable manifest={manifest} />
      <Records name={name} manifest={manifest} />
    </article>
  );
}
