/** The report of a session as one page: who took part, what every query was answered, the distribution of answers scenario by scenario. */

import { queryKey } from '../../../engine/evaluation/answerSet.ts';
import { countText, decimal } from '../../../engine/figures/numberText.ts';
import { histogramsHeight, scenarioHistograms } from '../../../engine/figures/scenarioHistograms.ts';
import { escapeText, renderSvg } from '../../../engine/figures/svg.ts';
import { coarsened, normalised } from '../../../engine/statistics/histogram.ts';
import { meanInterval } from '../../../engine/statistics/meanInterval.ts';
import type { HistogramCell, ScenarioHistograms } from '../../../shared/comparison.ts';
import type { Estimate } from '../../../shared/report.ts';
import { pageTable, selfContainedPage } from '../selfContainedPage.ts';
import type { ExportSource } from './exportSource.ts';
import type { QueryTally, SessionTally } from './sessionTally.ts';

const WIDTH = 1118;
const BINS = 20;
/** How the intervals are made; nothing is drawn, so there is no seed of them. */
const INTERVAL = '95 % Student’s t over people, closed form, no resampling seed';
/** Scenarios drawn; the table has all. */
const MOST_FIGURES = 24;

/** Mean and standard deviation of people's answers to a query; null below one and two answers. */
export function tallyMoments({ answered, sum, squares }: QueryTally): { mean: number | null; sd: number | null } {
  const mean = answered === 0 ? null : sum / answered;
  const variance = answered < 2 ? null : Math.max(0, squares - sum ** 2 / answered) / (answered - 1);
  return { mean, sd: variance === null ? null : Math.sqrt(variance) };
}

/** The mean over people with its 95 % t interval; null below two people. */
export function tallyInterval(tally: QueryTally): Estimate | null {
  const { mean, sd } = tallyMoments(tally);
  return mean === null || sd === null ? null : meanInterval(mean, sd / Math.sqrt(tally.answered), tally.answered);
}

function toCell(tally: QueryTally | undefined): HistogramCell | null {
  if (!tally || tally.values === 0) return null;
  const { mean, sd } = tallyMoments(tally);
  const people = { n: tally.answered, mean: tallyInterval(tally) };
  return { shares: [...normalised(coarsened(tally.counts, BINS))], mean: mean ?? 0, sd, distance: null, people };
}

function histograms({ study }: ExportSource, tally: SessionTally): ScenarioHistograms[] {
  return study.scenarios
    .map(({ id, queries }) => ({
      scenarioId: id,
      queries: queries.map((query) => ({ id: query.id, text: query.text })),
      rows: [
        {
          source: 'people' as const,
          sourceId: 'people',
          label: 'People',
          cells: queries.map((query) => toCell(tally.queries.get(queryKey({ scenarioId: id, queryId: query.id })))),
        },
      ],
    }))
    .filter(({ rows }) => rows[0].cells.some((cell) => cell !== null));
}

function queryRow(query: QueryTally): (string | number | null)[] {
  const { mean, sd } = tallyMoments(query);
  const interval = tallyInterval(query);
  const missing = [...query.missing].map(([code, count]) => `${code} ${count}`).join(', ');
  return [
    `${query.scenarioId} · ${query.queryId}`,
    query.answered,
    decimal(mean, 1),
    interval === null ? `none: n ${query.answered}` : `[${decimal(interval.low, 1)}, ${decimal(interval.high, 1)}]`,
    decimal(sd, 1),
    query.values,
    missing,
  ];
}

/** The page of a session. Simulated sessions say so at the top and in every figure. */
export function sessionReport(source: ExportSource, tally: SessionTally): string {
  const { study, session, studyHash, appVersion } = source;
  const isSimulated = session.stage === 'simulated';
  const who = `${countText(tally.answering)} ${isSimulated ? 'SIMULATED ' : ''}participants`;
  const note = {
    text: `${study.slug} ${studyHash.slice(0, 8)} · ${who} · no exclusions · ${INTERVAL}`,
    isSimulated,
  };
  const drawn = histograms(source, tally);
  const figures = drawn.slice(0, MOST_FIGURES).map((scenario) => {
    const size = { width: WIDTH, height: histogramsHeight(scenario, WIDTH) };
    return `<section><h2>${escapeText(scenario.scenarioId)}</h2><figure>${renderSvg(scenarioHistograms(scenario, note, size))}</figure></section>`;
  });
  const flow = [
    `${countText(tally.participants)} participants were added, ${countText(tally.answering)} of them answered.`,
    `${countText(tally.responses)} answers are stored, ${countText(tally.revisions)} of them changed later; the latest of each counts here.`,
  ];
  return selfContainedPage(
    study.title,
    `<header><h1>${escapeText(study.title)}</h1>
<p class="muted">${escapeText(`Session ${session.sessionId}, stage ${session.stage}; study ${study.slug} ${study.version}, ${studyHash}; Credence ${appVersion}`)}</p>
${isSimulated ? '<p class="simulated">SIMULATED PARTICIPANTS: these answers are made by programs, not people.</p>' : ''}
${flow.map((sentence) => `<p>${escapeText(sentence)}</p>`).join('\n')}</header>
<section><h2>Answers by query</h2>
${pageTable(`Latest answers: n people, mean over them in points with its interval (${INTERVAL}), their standard deviation, single values, and why answers are missing`, ['query', 'n', 'mean', '95 % interval', 'SD', 'values', 'missing'], [...tally.queries.values()].map(queryRow))}</section>
${figures.join('\n')}
${drawn.length > MOST_FIGURES ? `<section><p>${drawn.length - MOST_FIGURES} more scenarios are in the table above.</p></section>` : ''}`,
  );
}
