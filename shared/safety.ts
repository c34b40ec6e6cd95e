/** The safety of what people answered: backups, checks, restoring and erasing, as the researcher sees and asks for them. */
import { z } from 'zod';

const id = z.string().min(1).max(80);
const nothing = z.strictObject({});

/** One backup; higher numbers are newer. */
export const backupSchema = z.strictObject({ number: z.number().int(), madeAt: z.string(), sizeBytes: z.number() });

/** Something found wrong, and where. */
export const faultSchema = z.strictObject({ place: z.string(), problem: z.string() });

/** Backups, newest first, and what the last check found; `checkedAt` is null before the first one. */
export const safetySchema = z.strictObject({
  backups: z.array(backupSchema),
  checkedAt: z.string().nullable(),
  faults: z.array(faultSchema),
});
export type Safety = z.infer<typeof safetySchema>;

/** What a restore did: the database was kept, taken from a backup, or rebuilt from the log. */
export const restoredSchema = z.strictObject({
  database: z.enum(['kept', 'backup', 'log']),
  backup: z.number().int().nullable(),
  responses: z.number().int(),
  lostRecords: z.number().int(),
  setAside: z.array(z.string()),
});
export type RestoredSummary = z.infer<typeof restoredSchema>;

const role = 'researcher';

/** The part of the contract on safety. */
export const SAFETY_PROCEDURES = {
  'safety.status': { role, input: nothing, output: safetySchema },
  /** Makes a backup now, unless nothing changed since the last. */
  'safety.backUp': { role, input: nothing, output: safetySchema },
  /** Checks every row, seal and log record. */
  'safety.check': { role, input: nothing, output: safetySchema },
  /**
   * Brings the workspace back from its newest good backup and its log, as `credence restore` does. Nothing else is answered meanwhile;
   * answers wait with the participants.
   */
  'safety.restore': { role, input: nothing, output: restoredSchema },
  /** The people of a session, so that one can be found and erased. */
  'sessions.participants': {
    role,
    input: z.strictObject({ sessionId: id }),
    output: z.array(z.strictObject({ participantId: id, label: z.string() })),
  },
  /** Takes a person's answers, label and key away for good. `label` is typed again by the researcher and must be theirs. */
  'participants.erase': {
    role,
    input: z.strictObject({ participantId: id, label: z.string().min(1).max(80), reason: z.string().min(1).max(400) }),
    output: nothing,
  },
} as const;
