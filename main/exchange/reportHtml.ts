/** report.html: a report as one self-contained page. */
import { isFloor } from '../../engine/figures/evaluationBars.ts';
import { correlationLine } from '../../engine/figures/meanScatter.ts';
import { countText, decimal, estimateText } from '../../engine/figures/numberText.ts';
import { type ReportFigure, reportFigures } from '../../engine/figures/reportFigures.ts';
import { intervalText, shortHash } from '../../engine/figures/reportNote.ts';
import { escapeText, renderSvg } from '../../engine/figures/svg.ts';
import { QUERY_KINDS, type QueryKind } from '../../shared/queryKind.ts';
import type { EvaluationRow, Report } from '../../shared/report.ts';
import { selfContainedPage } from './selfContainedPage.ts';

/** Width of a figure: the column less its padding, plus the figure's own. */
const FIGURE_WIDTH = 1118;

const lowest = (values: readonly (number | undefined)[]): number =>
  Math.min(...values.filter((value) => value !== undefined));

/** The result in one sentence: the best fine-tuned transformer, the one before, the best floor, each with what it was measured on. */
function summary(report: Report): string {
  const best = (isWanted: (row: EvaluationRow) => boolean): EvaluationRow | undefined =>
    report.evaluation.filter(isWanted).toSorted((a, b) => a.mae.value - b.mae.value)[0];
  const answer = best(({ source }) => source === 'adapter') ?? best((row) => !isFloor(row));
  const base = report.evaluation.find(({ source }) => source === 'base');
  const floor = best(isFloor);
  const parts = [
    answer && `“${answer.label}” errs by ${estimateText(answer.mae, 1)} points`,
    base && base !== answer && `“${base.label}” by ${estimateText(base.mae, 1)}`,
    floor && `the best floor, “${floor.label}”, by ${estimateText(floor.mae, 1)}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : `On ${countText(report.evaluation[0].n)} test queries, ${parts.join('; ')}.`;
}

const definition = (term: string, words: string): string => `<dt>${escapeText(term)}</dt><dd>${escapeText(words)}</dd>`;

function header(report: Report): string {
  const { study, interval } = report;
  const isSimulated = study.stage === 'simulated';
  return `<header>
<h1>${escapeText(report.title)}</h1>
<p class="muted">Credence ${escapeText(report.version)} · ${escapeText(report.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))} · seed ${report.seed}</p>
<p class="lead">${escapeText(summary(report))}</p>
${isSimulated ? `<p class="simulated">SIMULATED PARTICIPANTS: the ${study.nParticipants} participants of this report are programs, not people. Their agreement with the programs says nothing about human judgment.</p>` : ''}
<dl>
${definition('Study', `${study.title} (${study.slug}), version ${shortHash(study.hash)}`)}
${definition('Participants', `${study.nParticipants}, stage: ${study.stage}`)}
${definition('Interval of r', `${Math.round(100 * interval.level)} % percentile bootstrap over ${interval.unit}, ${countText(interval.replicates)} replicates, seed ${interval.seed}`)}
</dl>
</header>`;
}

/** `7.2 [6.1, 8.4], n 24`. */
function kindText(error: EvaluationRow['byKind'][QueryKind]): string {
  if (!error) return '–';
  const { n, mae, low, high } = error;
  const words = low === undefined || high === undefined ? decimal(mae, 1) : estimateText({ value: mae, low, high }, 1);
  return `${words}, n ${countText(n)}`;
}

function evaluationTable({ evaluation: rows, interval, seed }: Report): string {
  const kinds = QUERY_KINDS.filter((kind) => rows.some((row) => row.byKind[kind]));
  const bestError = lowest(rows.map((row) => row.mae.value));
  const bestDivergence = lowest(rows.map((row) => row.divergence?.value));
  const cell = (words: string, isBest: boolean): string => `<td${isBest ? ' class="best"' : ''}>${words}</td>`;
  const line = (row: EvaluationRow): string =>
    [
      `<tr><th scope="row">${escapeText(row.label)}</th>`,
      cell(estimateText(row.mae, 2), row.mae.value === bestError),
      cell(estimateText(row.divergence, 2), row.divergence?.value === bestDivergence),
      ...kinds.map((kind) => cell(kindText(row.byKind[kind]), false)),
      cell(countText(row.n), false),
      '</tr>',
    ].join('');
  const group = (heading: string, members: readonly EvaluationRow[]): string =>
    members.length === 0
      ? ''
      : `<tbody><tr class="group"><th scope="rowgroup" colspan="${4 + kinds.length}">${heading}</th></tr>${members.map(line).join('')}</tbody>`;
  return `<table>
<caption>Mean absolute error in points of the 0–100 scale and mean KL(program ‖ answer) in nats, each with its 95 % interval: percentile bootstrap over scenarios, ${countText(interval.replicates)} replicates, seed ${seed}; error by query kind in the same way. Lower is better; the lowest is bold.</caption>
<thead><tr><th scope="col">Source</th><th scope="col">MAE [95 %]</th><th scope="col">KL [95 %]</th>${kinds.map((kind) => `<th scope="col">MAE, ${kind}</th>`).join('')}<th scope="col">queries</th></tr></thead>
${group(
  'Answers',
  rows.filter((row) => !isFloor(row)),
)}
${group('Floors: nothing of what was observed', rows.filter(isFloor))}
</table>`;
}

function correlationTable(report: Report): string {
  const rows = report.scatters.map(
    (scatter) =>
      `<tr><th scope="row">${escapeText(scatter.label)}</th><td>${escapeText(correlationLine(scatter))}</td><td>${scatter.nQueries}</td><td>${scatter.nParticipants}</td></tr>`,
  );
  return `<table>
<caption>Signed Pearson r of people’s mean answers with each source’s, over queries; ${intervalText(report.interval)}.</caption>
<thead><tr><th scope="col">Source</th><th scope="col">r [95 %]</th><th scope="col">queries</th><th scope="col">participants</th></tr></thead>
<tbody>${rows.join('')}</tbody>
</table>`;
}

const scenarioText = ({ overlay }: Report): string => `<div class="scenario">
<p>${escapeText(overlay.background)}</p>
<ul>${overlay.conditions.map((condition) => `<li>${escapeText(condition)}</li>`).join('')}</ul>
</div>`;

/** What stands above or below each figure. */
function figureSection(report: Report, figure: ReportFigure): string {
  const before = figure.id === 'overlay' ? scenarioText(report) : '';
  const after = figure.id === 'mae' ? evaluationTable(report) : figure.id === 'scatter' ? correlationTable(report) : '';
  return `<section>
<h2>${escapeText(figure.heading)}</h2>
${before}<figure>${renderSvg(figure.node)}</figure>
${after}</section>`;
}

/** The page, complete: nothing outside it is needed to read it, now or later. */
export function reportHtml(report: Report): string {
  const figures = reportFigures(report, FIGURE_WIDTH);
  return selfContainedPage(
    report.title,
    `${header(report)}
${figures.map((figure) => figureSection(report, figure)).join('\n')}
<section>
<h2>How the numbers were made</h2>
<ul class="method-list">${report.methods.map((method) => `<li>${escapeText(method)}</li>`).join('')}</ul>
</section>`,
  );
}
