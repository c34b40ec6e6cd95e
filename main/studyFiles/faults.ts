/** Faults of a study as one refusal: the first with its place, the others named behind it. */
import { join } from 'node:path';
import { findStudyFaults } from '../../engine/study/check/checkStudy.ts';
import type { StudyFault } from '../../engine/study/check/fault.ts';
import { UserError } from '../../shared/errors.ts';
import type { Study } from '../../shared/study.ts';

const MOST_NAMED = 20;

const faultText = ({ path, problem }: StudyFault, file: string): string =>
  `${file}: ${path ? `${path}: ` : ''}${problem}`;

/** Throws a UserError that names everything wrong with the study at `place`; the location is the first fault's. */
export function refuseFaults(study: Study, place: string): void {
  const faults = findStudyFaults(study);
  const [first] = faults;
  if (!first) return;
  const lines = faults.slice(0, MOST_NAMED).map((fault) => faultText(fault, join(place, fault.file)));
  if (faults.length > MOST_NAMED) lines.push(`and ${faults.length - MOST_NAMED} more`);
  throw new UserError(lines.join('\n'), {
    ...(first.hint ? { hint: first.hint } : {}),
    location: { file: join(place, first.file), ...(first.path ? { path: first.path } : {}) },
  });
}
