import { describe, expect, test } from 'vitest';
import { CLOSED_FORMS } from './closedForms.ts';
import { inferText } from './testHost.ts';

const SEED = 17;
/** How much to run by each method, and what its standard error is multiplied by: four, more for chains whose errors are estimates. */
const EFFORT = {
  enumerate: { options: {}, errors: 0, slack: 1e-9 },
  rejection: { options: { precision: 1, maxExecutions: 200_000 }, errors: 4, slack: 0 },
  importance: { options: { precision: 1, maxExecutions: 100_000 }, errors: 4, slack: 0.05 },
  mh: { options: { precision: 1.5, maxExecutions: 60_000 }, errors: 4.5, slack: 0.3 },
  hmc: { options: { precision: 1.5, maxExecutions: 16_000 }, errors: 4.5, slack: 0.3 },
  smc: { options: { precision: 1.5, maxExecutions: 30_000 }, errors: 5, slack: 0.3 },
} as const;

test('the table has at least sixty programs', () => expect(CLOSED_FORMS.length).toBeGreaterThanOrEqual(60));

describe.each(CLOSED_FORMS)('$name', ({ body, mean, methods }) => {
  test.each(methods)('by %s', (method) => {
    const { options, errors, slack } = EFFORT[method];
    const { queries, method: used } = inferText(`var model = function () { ${body} };`, {
      ...options,
      method,
      seed: SEED,
    });
    expect(used).toBe(method);
    const { value } = queries;
    expect(
      Math.abs((value.mean ?? Number.NaN) - mean),
      `mean ${value.mean}, expected ${mean}, mcse ${value.mcse}, seed ${SEED}`,
    ).toBeLessThanOrEqual(errors * (value.mcse ?? 0) + slack);
    // A bound on the error itself, so that a large claimed error does not hide a wrong answer.
    expect(value.mcse).toBeLessThan(4);
  });
});
