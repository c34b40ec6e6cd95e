/**
 * Programs whose posterior mean is known in closed form, for the table algorithm × program × tolerance. All answers are on 0–100.
 */
import type { ClosedForm } from './closedForm.ts';
import { CONTINUOUS_PROGRAMS } from './continuousPrograms.ts';
import { FINITE_PROGRAMS } from './finitePrograms.ts';

export const CLOSED_FORMS: readonly ClosedForm[] = [...FINITE_PROGRAMS, ...CONTINUOUS_PROGRAMS];
