/**
 * The published multi-click shape `{scenarioId: [{queryId: [values]}]}`, one record per person and scenario, without ids across scenarios;
 * or one document with several named parts of it, such as two experiments.
 */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { parseJson } from '../../jsonFile.ts';
import type { StagedJudgment } from './readTablePeople.ts';

const value = z.number().min(0).max(100);
const multiClickSchema = z.record(z.string(), z.array(z.record(z.string(), z.array(value))));
const partsSchema = z.record(z.string(), multiClickSchema);

/** The scenarios of a multi-click document, which may hold several named parts of that shape. */
function multiClickOf(text: string, file: string, part: string | undefined): z.infer<typeof multiClickSchema> {
  const raw = parseJson(text, z.record(z.string(), z.unknown()), { file });
  const isParted =
    Object.keys(raw).length > 0 &&
    Object.values(raw).every((inner) => typeof inner === 'object' && inner !== null && !Array.isArray(inner));
  if (!isParted) return parseJson(text, multiClickSchema, { file });
  const parts = parseJson(text, partsSchema, { file });
  const names = Object.keys(parts);
  const chosen = part ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined || !(chosen in parts))
    throw new UserError(
      `people: ${file} holds the parts ${names.join(', ')}${chosen === undefined ? '' : `, not ${chosen}`}`,
      {
        hint: 'choose one with --part',
        location: { file },
      },
    );
  return parts[chosen];
}

/** Every record's answers; `part` names the part of a document with several. Throws UserError naming path and value. */
export function readMultiClick(text: string, file: string, part?: string): StagedJudgment[] {
  return Object.entries(multiClickOf(text, file, part)).flatMap(([scenarioId, records]) =>
    records.flatMap((record, p) =>
      Object.entries(record).map(([queryId, values]) => ({
        participantId: String(p),
        scenarioId,
        queryId,
        values,
        stage: null,
      })),
    ),
  );
}
