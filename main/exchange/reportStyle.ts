/** The page style of report.html, beside the figures' own: one calm column, light and dark by the reader's preference, fit to print. */

export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1d2430; --muted: #566072; --rule: #d9dee6; --accent: #0f6fae; --warn: #9a5b00; --warn-page: #fff6e5; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1217; --card: #171b22; --ink: #e7ebf1; --muted: #a3adbd; --rule: #343c49; --accent: #5eb4ee; --warn: #f0b45a; --warn-page: #2a2213; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', sans-serif; }
main { width: 1168px; max-width: 100%; margin: 0 auto; padding: 40px 0 64px; }
header, section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 28px; margin: 0 0 20px; overflow-x: auto; }
h1 { font-size: 28px; line-height: 1.25; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 20px; line-height: 1.3; margin: 0 0 12px; }
p { margin: 0 0 12px; max-width: 78ch; }
p:last-child, ul:last-child, ol:last-child { margin-bottom: 0; }
.lead { font-size: 18px; margin-top: 16px; text-wrap: pretty; }
.muted { color: var(--muted); }
.small { font-size: 14px; }
.simulated { border: 1px solid var(--warn); background: var(--warn-page); color: var(--warn); border-radius: 6px; padding: 10px 14px; margin: 16px 0 0; max-width: none; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 16px 0 0; font-size: 14px; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.scenario { border-left: 3px solid var(--rule); padding-left: 16px; margin: 0 0 20px; }
.scenario ul { margin: 0; padding-left: 20px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: 8px; }
th, td { text-align: right; padding: 7px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { border-bottom: 1.5px solid var(--muted); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody .group th { color: var(--muted); padding-top: 14px; font-size: 13px; border-bottom-color: var(--muted); }
.best { font-weight: 700; }
.method-list { padding-left: 20px; max-width: 90ch; }
figure { margin: 0 -4px; }
figure + table { margin-top: 20px; }
@media print { body { background: none; } main { padding: 0; } header, section { border: 0; border-radius: 0; padding: 12px 0; break-inside: avoid; } }
`;
