/** The walls around a page, tried from inside it on both surfaces: code from text, foreign origins, frames, and calls that are not its own. */
import { expect, test } from './surface.ts';

test('runs no code made from text', async ({ full }) => {
  const outcomes = await full.page.evaluate(async () => {
    const attempts: Record<string, () => unknown> = {
      // biome-ignore lint/security/noGlobalEval: the attempt itself is the test
      eval: () => globalThis.eval('1'),
      Function: () => new Function('return 1')(),
      innerHTML: () => {
        document.createElement('div').innerHTML = '<b>x</b>';
      },
      script: () => {
        document.createElement('script').textContent = '1';
      },
    };
    // What the debugger evaluates directly is exempt from the policy; a later task of the page is not.
    await new Promise((resolve) => setTimeout(resolve));
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: ran`;
      } catch (error) {
        return `${name}: ${error instanceof Error ? error.name : 'thrown'}`;
      }
    });
  });
  expect(outcomes).toEqual(['eval: EvalError', 'Function: EvalError', 'innerHTML: TypeError', 'script: TypeError']);
});

test('reaches no other origin and shows no frame', async ({ full }) => {
  const { page } = full;
  const violated = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    await fetch('https://example.org/').catch(() => undefined);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    const image = document.createElement('img');
    image.src = 'https://example.org/x.png';
    document.body.append(frame, image);
    const styled = document.createElement('p');
    styled.setAttribute('style', 'color: red');
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const element of [frame, image]) element.remove();
    return directives.sort();
  });
  expect(violated).toEqual(['connect-src', 'frame-src', 'img-src', 'style-src-attr']);
});

test('sends the strict headers with every page', async ({ full }) => {
  const headers = await full.page.evaluate(async () => Object.fromEntries((await fetch('./')).headers));
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
});

test('has nothing of Node, and writes nothing to the console', async ({ full }) => {
  const { page } = full;
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  page.on('pageerror', (error) => lines.push(error.message));
  await page.reload();
  await expect(page.getByRole('img').first()).toBeVisible();
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window)),
  ).toEqual([]);
  expect(lines).toEqual([]);
});
