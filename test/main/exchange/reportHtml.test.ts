/** report.html: self-contained, with a content policy it keeps, nothing from the data becoming markup, simulated data marked. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../main/exchange/reportHtml.ts';
import { sampleReport } from '../../engine/figures/sampleReport.ts';

const report = sampleReport();
const page = reportHtml(report);

describe('report.html', () => {
  it('allows its own style sheet by hash and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style=|<script|<link|<img|<iframe| on[a-z]+=|@import|url\(/i);
  });

  it('names no address but the SVG name space', () => {
    expect(new Set(page.match(/https?:[^"' <]+/g))).toEqual(new Set(['http://www.w3.org/2000/svg']));
  });

  it('shows every row of the table, every figure and every method', () => {
    for (const { label } of report.evaluation) expect(page).toContain(label);
    for (const method of report.methods) expect(page).toContain(method);
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).toContain('8.42 [7.61, 9.33]');
    expect(page).toContain('r = −.18 [−.30, −.12]');
    expect(page).not.toMatch(/NaN|undefined|\[object/);
  });

  it('says in one sentence what was found', () => {
    expect(page).toContain(
      'On 96 test queries, “Adapter, distribution targets” errs by 8.4 [7.6, 9.3] points; “Base transformer” by 26.1 [24.2, 28.3]; ' +
        'the best floor, “Program without observations”, by 15.2 [13.5, 17.0].',
    );
  });

  it('marks simulated participants in words, and real ones not', () => {
    expect(page).toContain('SIMULATED PARTICIPANTS: the 24 participants of this report are programs, not people.');
    const live = reportHtml({ ...report, study: { ...report.study, stage: 'live' } });
    expect(live).not.toMatch(/>SIMULATED|\d SIMULATED/);
  });

  it('turns nothing from the data into markup', () => {
    const hostile = '</title></style><script>alert(1)</script>"\'';
    const attacked = reportHtml({
      ...report,
      title: hostile,
      methods: [hostile],
      study: { ...report.study, title: hostile },
      evaluation: report.evaluation.map((row) => ({ ...row, label: hostile })),
      scatters: report.scatters.map((scatter) => ({ ...scatter, label: hostile })),
      overlay: { ...report.overlay, queryText: hostile, background: hostile, conditions: [hostile] },
    });
    expect(attacked).not.toContain('<script');
    expect(attacked.match(/<\/style>/g)).toHaveLength(1);
    expect(attacked.match(/<\/title>/g)?.length).toBe(page.match(/<\/title>/g)?.length);
  });

  it('stands without people', () => {
    const alone = reportHtml({ ...report, scatters: [], study: { ...report.study, nParticipants: 0 } });
    expect(alone.match(/<svg /g)).toHaveLength(3);
  });
});
