/** The part of the contract on writing studies and on the quality of what they brought in. */
import { z } from 'zod';
import {
  draftComparisonSchema,
  draftIdSchema,
  draftOriginSchema,
  draftStateSchema,
  draftStudySchema,
  draftSummarySchema,
  openDraftSchema,
} from './draft.ts';
import { qualityRowSchema } from './quality.ts';

const role = 'researcher';
const nothing = z.strictObject({});
const draft = z.strictObject({ draftId: draftIdSchema });
const id = z.string().min(1).max(80);
const session = z.strictObject({ sessionId: id });
const rows = z.array(qualityRowSchema);

export const STUDY_PROCEDURES = {
  'drafts.list': { role, input: nothing, output: z.array(draftSummarySchema) },
  'drafts.create': { role, input: draftOriginSchema, output: openDraftSchema },
  'drafts.read': { role, input: draft, output: openDraftSchema },
  /** Keeps a change. Changes with one `label` that follow each other at once are one edit. Refused unless `revision` is the draft's. */
  'drafts.save': {
    role,
    input: z.strictObject({
      draftId: draftIdSchema,
      revision: z.number().int(),
      label: z.string().min(1).max(120),
      study: draftStudySchema,
    }),
    output: draftStateSchema,
  },
  'drafts.undo': { role, input: draft, output: openDraftSchema },
  'drafts.redo': { role, input: draft, output: openDraftSchema },
  /** Takes a draft off the list; `drafts.restore` brings it back. */
  'drafts.remove': { role, input: draft, output: nothing },
  'drafts.restore': { role, input: draft, output: openDraftSchema },
  'drafts.compare': { role, input: draft, output: draftComparisonSchema },
  /** Keeps the draft as an immutable version named `version`. Refused with faults, and where another version of the study has that name. */
  'drafts.freeze': {
    role,
    input: draft.extend({ version: z.string().min(1).max(40) }),
    output: z.strictObject({ versionId: id, isNew: z.boolean() }),
  },
  'sessions.quality': { role, input: session, output: rows },
  /** Takes somebody out of the analysis, with a reason; nothing is deleted. */
  'sessions.exclude': {
    role,
    input: session.extend({ participantId: id, reason: z.string().min(1).max(400) }),
    output: rows,
  },
  'sessions.include': { role, input: session.extend({ participantId: id }), output: rows },
} as const;
