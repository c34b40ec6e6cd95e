/** The subjects of each domain. */
import type { Scenario } from '../../../shared/scenario.ts';
import { SPORTS } from './sports.ts';
import type { Subject } from './subject.ts';

export const DOMAINS: Readonly<Record<Scenario['domain'], readonly Subject[]>> = {
  sports: SPORTS,
  healthcare: [],
  general: [],
};
