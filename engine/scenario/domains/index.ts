/** The subjects of each domain. */
import type { Scenario } from '../../../shared/scenario.ts';
import { GENERAL } from './general.ts';
import { HEALTHCARE } from './healthcare.ts';
import { SPORTS } from './sports.ts';
import type { Subject } from './subject.ts';

export const DOMAINS: Readonly<Record<Scenario['domain'], readonly Subject[]>> = {
  sports: SPORTS,
  healthcare: HEALTHCARE,
  general: GENERAL,
};
