/** Puts fixed words where a page shows what changes from run to run: moments, durations, speeds, ids, addresses, the workspace's folder. */
import type { Page } from '@playwright/test';

/** Patterns and what is shown in their place, in this order. */
const STEADY: readonly (readonly [string, string])[] = [
  ['https?://[\\w.:[\\]-]+\\S*', 'http://127.0.0.1:8080/'],
  ['\\b(\\d{1,3}\\.){3}\\d{1,3}\\b', '192.168.0.2'],
  ['\\b(?=[A-Z-]*\\d)[0-9A-Z]{5}-?[0-9A-Z]{5}\\b', 'AB1CD-EF2GH'],
  ['\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b', '00000000-0000-4000-8000-000000000000'],
  ['\\b(?=[a-f]*\\d)[0-9a-f]{16,}\\b', '0123456789abcdef'],
  ['\\b(?=[a-f]*\\d)(?=\\d*[a-f])[0-9a-f]{7,15}\\b', '01234567'],
  [
    '\\b\\d{4}-\\d\\d-\\d\\d\\b|\\b\\d{1,2} [A-Z][a-z]{2,8} 20\\d\\d\\b|\\b[A-Z][a-z]{2,8} \\d{1,2}, 20\\d\\d\\b|\\b\\d{1,2}/\\d{1,2}/(20)?\\d\\d\\b',
    '2 Jan 2026',
  ],
  ['\\b\\d{1,2}:\\d\\d(:\\d\\d)?( ?[AP]M)?\\b', '09:30'],
  ['\\b\\d[\\d,.]*(\\s)(?=([a-z]+)?/s\\b)', '100 '],
  ['\\b\\d[\\d,.]*(\\s?)(ms|s|seconds?|min|h|GB|MB|GiB|MiB)\\b(?!/)', '10 s'],
];

/** Changes only what is painted: the page is not to be worked with afterwards where it depends on these words. */
export const steadyText = (page: Page): Promise<void> =>
  page.evaluate((steady) => {
    const patterns = steady.map(([pattern, shown]) => [new RegExp(pattern, 'g'), shown] as const);
    const fix = (text: string): string =>
      patterns.reduce((fixed, [pattern, shown]) => fixed.replace(pattern, shown), text);
    for (const code of document.querySelectorAll('.workspace code')) code.textContent = '/home/lab/workspace';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const [before, after] = [node.nodeValue ?? '', fix(node.nodeValue ?? '')];
      if (after !== before) node.nodeValue = after;
    }
    for (const input of document.querySelectorAll('input')) {
      if (input.type !== 'text') continue;
      const after = fix(input.value);
      if (after !== input.value) input.value = after;
    }
  }, STEADY);
