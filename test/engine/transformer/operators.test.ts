/** Every operator's backward against finite differences. */
import { expect, test } from 'vitest';
import { createCpuBackend } from '../../../main/processes/ortBackend.ts';
import { gradientErrors } from './finiteDifference.ts';
import { OPERATOR_CASES } from './operatorCases.ts';

// Float32 central differences with step 2⁻⁷: truncation and rounding together stay near 1e-4 of the largest gradient.
test.each(Object.entries(OPERATOR_CASES))('the gradient of %s equals its finite difference', async (_, operator) => {
  const errors = await gradientErrors(operator, createCpuBackend(1));
  for (const [input, error] of Object.entries(errors)) expect(error, `d ${input}`).toBeLessThan(1e-3);
});
