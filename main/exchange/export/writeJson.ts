/** Exports as JSON: one nested object per participant and line, jsPsych's array of trials, the published multi-click shape and `{input, output, bins}`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { queryKey } from '../../../engine/evaluation/answerSet.ts';
import { renderPrompt } from '../../../engine/scenario/prompt.ts';
import { answerText } from '../../../engine/training/target.ts';
import { CancelledError } from '../../../shared/errors.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { createLineFiles } from '../../jobs/lineFiles.ts';
import { type AskedQuery, askedQueries } from './askedQueries.ts';
import type { ExportedParticipant, ExportSource } from './exportSource.ts';
import { createTally, latestJudgments, type SessionTally } from './sessionTally.ts';
import { createSpool } from './spool.ts';
import { walkSession } from './walkSession.ts';

type Write = (line: string) => Promise<void>;

/** Writes one file of lines; what was begun and not finished is removed. */
async function writeLines(folder: string, name: string, body: (write: Write) => Promise<void>): Promise<void> {
  const files = await createLineFiles(folder, [name]);
  try {
    await body((line) => files.append(name, line));
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
}

/** Walks the session, counting on the way. */
async function walkCounted(
  source: ExportSource,
  control: RunControl,
  visit: (participant: ExportedParticipant) => Promise<void> | void,
): Promise<SessionTally> {
  const counts = createTally();
  await walkSession(source, { ...control, stage: 'export' }, async (participant) => {
    counts.add(participant.responses);
    await visit(participant);
  });
  return counts.result();
}

/** `data.jsonl`: everything, one participant a line. */
export async function writeJsonLines(source: ExportSource, folder: string, control: RunControl): Promise<SessionTally> {
  let tally = createTally().result();
  await writeLines(folder, 'data.jsonl', async (write) => {
    tally = await walkCounted(source, control, ({ sinceFirstMs: _times, ...participant }) =>
      write(JSON.stringify(participant)),
    );
  });
  return tally;
}

/** A participant's responses as jsPsych would have recorded them; `answer` keeps the whole response. */
function jspsychTrials(
  { session, study }: ExportSource,
  { subjectId, responses, sinceFirstMs }: ExportedParticipant,
  asked: ReadonlyMap<string, AskedQuery>,
): object[] {
  return responses.map((answer, at) => ({
    trial_type: 'credence-judgment',
    trial_index: answer.trialIndex,
    time_elapsed: sinceFirstMs[at],
    rt: answer.commitMs,
    response: answer.rating ?? answer.number ?? answer.choice ?? answer.text ?? null,
    stimulus: asked.get(queryKey(answer))?.text ?? null,
    slider_start: null,
    subject_id: subjectId,
    study_id: study.slug,
    session_id: session.sessionId,
    stage: session.stage,
    item_id: answer.scenarioId,
    query_id: answer.queryId,
    answer,
  }));
}

/** `jspsych.json`: an array of trials, one a line. */
export async function writeJspsych(source: ExportSource, folder: string, control: RunControl): Promise<SessionTally> {
  const asked = askedQueries(source.study);
  let tally = createTally().result();
  await writeLines(folder, 'jspsych.json', async (write) => {
    let waiting = '[';
    tally = await walkCounted(source, control, async (participant) => {
      for (const trial of jspsychTrials(source, participant, asked)) {
        await write(waiting);
        waiting = `${JSON.stringify(trial)},`;
      }
    });
    await write(waiting === '[' ? '[' : waiting.slice(0, -1));
    await write(']');
  });
  return tally;
}

/** `{query: values}` of one participant by scenario: the latest ratings, marks where several were placed, nothing where missing. */
function multiClickRecords(participant: ExportedParticipant): Map<string, Record<string, readonly number[]>> {
  const records = new Map<string, Record<string, readonly number[]>>();
  for (const { scenarioId, queryId, rating, samples, missingCode, choice, text, number } of latestJudgments(
    participant.responses,
  )) {
    if (choice !== undefined || text !== undefined || number !== undefined) continue;
    if (rating === null && missingCode === undefined) continue;
    const record = records.get(scenarioId) ?? {};
    records.set(scenarioId, record);
    record[queryId] ??= samples ?? (rating === null ? [] : [rating]);
  }
  return records;
}

/** `msa_multiclick.json`: scenario → records → query → values. Records are gathered by scenario on disk, so memory stays bounded. */
export async function writeMultiClick(
  source: ExportSource,
  folder: string,
  control: RunControl,
): Promise<SessionTally> {
  const spoolFile = join(folder, 'records.part');
  const spool = await createSpool(spoolFile);
  try {
    const tally = await walkCounted(source, control, async (participant) => {
      for (const [scenarioId, record] of multiClickRecords(participant))
        await spool.add(scenarioId, JSON.stringify(record));
    });
    await writeLines(folder, 'msa_multiclick.json', async (write) => {
      const keys = spool.keys();
      for (const [done, key] of keys.entries()) {
        if (control.signal?.aborted) throw new CancelledError('export');
        control.onProgress?.({ stage: 'export, by scenario', done, total: keys.length, unit: 'scenarios' });
        await write(`${done === 0 ? '{' : ','}${JSON.stringify(key)}: [`);
        let waiting = '';
        for await (const record of spool.read(key)) {
          if (waiting !== '') await write(`${waiting},`);
          waiting = record;
        }
        await write(`${waiting}]`);
      }
      await write(keys.length === 0 ? '{}' : '}');
    });
    return tally;
  } finally {
    await spool.close();
    await rm(spoolFile, { force: true });
  }
}

/** `ppt_bins.json`, people's answers as training targets, and `ppt_map.jsonl`, which names the query of each. */
export async function writePosteriorBins(
  source: ExportSource,
  folder: string,
  control: RunControl,
): Promise<SessionTally> {
  const tally = await walkCounted(source, control, () => undefined);
  const records = source.study.scenarios.flatMap((scenario) =>
    scenario.queries.flatMap((query) => {
      const found = tally.queries.get(queryKey({ scenarioId: scenario.id, queryId: query.id }));
      if (!found || found.values === 0) return [];
      const { context, question } = renderPrompt(scenario, query);
      const bins = Array.from(found.counts, (count) => count / found.values);
      const record = { input: context + question, output: answerText(found.sum / found.answered), bins: [bins] };
      return [{ record, name: { scenarioId: scenario.id, queryId: query.id, kind: query.kind } }];
    }),
  );
  await writeLines(folder, 'ppt_bins.json', (write) => write(JSON.stringify(records.map(({ record }) => record))));
  await writeLines(folder, 'ppt_map.jsonl', async (write) => {
    for (const [index, { name }] of records.entries()) await write(JSON.stringify({ index, ...name }));
  });
  return tally;
}
