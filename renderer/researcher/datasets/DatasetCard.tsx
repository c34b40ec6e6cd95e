/** The card of a dataset: counts, settings, labels; and its records with their target histograms. */

import { useEffect, useState } from 'react';
import { decimal } from '../../../engine/figures/numberText.ts';
import type { DatasetManifest } from '../../../shared/dataset.ts';
import type { DatasetRecord, Split } from '../../../shared/training.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useResearcher } from '../../state/store.ts';
import { RECORD_ROWS } from '../../state/workbenchSlice.ts';
import { Histogram } from '../scenarios/PosteriorTable.tsx';

const SPLITS = ['train', 'validation', 'test'] as const satisfies readonly Split[];

function CellTable({ manifest }: { readonly manifest: DatasetManifest }) {
  return (
    <ScrollFrame label="Motif cells">
      <table>
        <caption>
          Scenarios and queries by motif cell. Labels reach an mcse of {decimal(manifest.labels.meanMcse, 2)} points on
          average, {decimal(manifest.labels.worstMcse, 2)} at worst, in{' '}
          {manifest.labels.executions.toLocaleString('en')} executions.
        </caption>
        <thead>
          <tr>
            <th scope="col">Motif cell</th>
            <th scope="col">Labelled</th>
            <th scope="col">Refused</th>
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
  return (
    <ScrollFrame label="Table of records">
      <table>
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col">Kind</th>
            <th scope="col">Mean</th>
            <th scope="col">SD</th>
            <th scope="col">Target over 0 – 100</th>
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
                <Histogram bins={bins} label={`Target, mean ${decimal(mean)}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Records({ name, manifest }: { readonly name: string; readonly manifest: DatasetManifest }) {
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
      <h2 id="records-title">Records</h2>
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
            {choice} ({manifest.records[choice].toLocaleString('en')})
          </button>
        ))}
        <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - RECORD_ROWS)}>
          Earlier
        </button>
        <button type="button" disabled={offset + RECORD_ROWS >= total} onClick={() => setOffset(offset + RECORD_ROWS)}>
          Later
        </button>
      </p>
      <Loaded of={records} what="records" onRetry={() => load(name, split, offset)}>
        {(list) => (list.length === 0 ? <p className="state">This split is empty.</p> : <RecordTable records={list} />)}
      </Loaded>
    </section>
  );
}

export function DatasetCard({ name, manifest }: { readonly name: string; readonly manifest: DatasetManifest }) {
  const { settings, scenarios } = manifest;
  return (
    <article className="panel">
      <h1>{name}</h1>
      <p className="facts">
        {scenarios.labelled.toLocaleString('en')} scenarios labelled, {scenarios.rejected.toLocaleString('en')} refused
        · {settings.source}, {settings.target} · precision {settings.precision} points · {settings.method} · seed{' '}
        {settings.seed} · version {settings.engineVersion}
      </p>
      <CellTable manifest={manifest} />
      <Records name={name} manifest={manifest} />
    </article>
  );
}
