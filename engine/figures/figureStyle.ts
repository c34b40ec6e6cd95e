/** The style sheet of all figures: colours as CSS variables in light and dark, used alike by the screen, the report and exported files. */

/** Variables on `:root`, dark where the reader prefers it or `data-theme="dark"` asks for it. */
const LIGHT = `
  --figure-surface: #ffffff; --figure-ink: #1d2430; --figure-muted: #566072; --figure-rule: #d9dee6; --figure-grid: #e8ecf1;
  --figure-people: #1d2430; --figure-posterior: #6b7a90; --figure-posterior-fill: #dfe4eb; --figure-prior: #8b93a1;
  --figure-base: #c2562d; --figure-adapter: #0f6fae; --figure-adapter-2: #7b4fa3; --figure-adapter-3: #2f8f6b;
  --figure-external: #2f8f6b; --figure-floor: #8b93a1; --figure-simulated: #9a5b00;`;
const DARK = `
  --figure-surface: #171b22; --figure-ink: #e7ebf1; --figure-muted: #a3adbd; --figure-rule: #343c49; --figure-grid: #262d38;
  --figure-people: #e7ebf1; --figure-posterior: #a9b6c9; --figure-posterior-fill: #343e4d; --figure-prior: #8d97a8;
  --figure-base: #f0875a; --figure-adapter: #5eb4ee; --figure-adapter-2: #bd93e6; --figure-adapter-3: #63c7a0;
  --figure-external: #63c7a0; --figure-floor: #8d97a8; --figure-simulated: #f0b45a;`;

/** Colour, and a dash that tells the lines apart without it; -2 and -3 are the second and third series of one source. */
const SERIES: readonly (readonly [name: string, variable: string, dash: string])[] = [
  ['people', 'people', 'none'],
  ['people-2', 'people', '6 3'],
  ['people-3', 'people', '2 3'],
  ['posterior', 'posterior', 'none'],
  ['posterior-2', 'posterior', '6 3'],
  ['posterior-3', 'posterior', '2 3'],
  ['prior', 'prior', '1 4'],
  ['prior-2', 'prior', '1 6'],
  ['prior-3', 'prior', '1 8'],
  ['base', 'base', '7 4'],
  ['base-2', 'base', '3 5'],
  ['base-3', 'base', '11 3 2 3'],
  ['adapter', 'adapter', 'none'],
  ['adapter-2', 'adapter-2', '2 3'],
  ['adapter-3', 'adapter-3', '9 3 2 3'],
  ['external', 'external', '9 3 2 3'],
  ['external-2', 'adapter-2', '1 3'],
  ['external-3', 'adapter-3', '4 2'],
  ['floor', 'floor', '1 4'],
  ['floor-2', 'floor', '1 6'],
  ['floor-3', 'floor', '1 8'],
];

const seriesRules = SERIES.map(
  ([name, variable, dash]) => `.figure .series-${name} { --series: var(--figure-${variable}); --dash: ${dash}; }`,
).join('\n');

/** Rules for everything of class `figure`. */
export const FIGURE_STYLE = `
:root {${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) {${DARK} } }
:root[data-theme='dark'] {${DARK} }
.figure { display: block; font-family: system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif; }
.figure text { fill: var(--figure-ink); font-size: 13px; }
.figure text.title { font-size: 16px; font-weight: 600; }
.figure text.small { font-size: 12px; }
.figure text.muted { fill: var(--figure-muted); }
.figure text.strong { font-weight: 600; }
.figure text.middle { text-anchor: middle; }
.figure text.end { text-anchor: end; }
.figure text.numeric { font-variant-numeric: tabular-nums; }
.figure .surface { fill: var(--figure-surface); }
.figure .rule, .figure .grid { stroke: var(--figure-grid); stroke-width: 1; }
.figure .rule { stroke: var(--figure-rule); }
.figure .domain { stroke: var(--figure-muted); stroke-width: 1; }
.figure .guide { stroke: var(--figure-grid); stroke-width: 1; }
${seriesRules}
.figure .curve { fill: none; stroke: var(--series); stroke-width: 2.25; stroke-dasharray: var(--dash); stroke-linejoin: round; }
.figure .filled { fill: var(--figure-posterior-fill); stroke: none; }
.figure .marker { fill: var(--series, var(--figure-ink)); stroke: var(--figure-surface); stroke-width: 1.5; }
.figure .marker.is-open { fill: var(--series, var(--figure-muted)); fill-opacity: 0.3; stroke: var(--series, var(--figure-muted)); stroke-width: 1.25; }
.figure .bar { fill: var(--series); fill-opacity: 0.82; }
.figure .is-floor .bar { fill: var(--series); fill-opacity: 0.14; stroke: var(--series); stroke-width: 1.25; stroke-dasharray: 4 3; }
.figure .interval { stroke: var(--figure-ink); stroke-width: 1.5; }
.figure .best-floor { stroke: var(--figure-muted); stroke-width: 1.25; stroke-dasharray: 5 4; }
.figure .band { fill: var(--figure-posterior-fill); fill-opacity: 0.7; }
.figure .error { stroke: var(--figure-muted); stroke-width: 1; stroke-opacity: 0.85; }
.figure .identity { stroke: var(--figure-muted); stroke-width: 1.25; stroke-dasharray: 6 4; }
.figure .simulated rect { fill: none; stroke: var(--figure-simulated); stroke-width: 1.25; }
.figure .simulated text { fill: var(--figure-simulated); font-weight: 600; }
`;
