/**
 * The procedures of the participant's page. Who calls is known by the window or station, never by an id in the input. A step answers with the
 * place it leads to, so that the next screen needs no second call.
 */
import { z } from 'zod';
import {
  advanceInputSchema,
  advanceOutputSchema,
  checkInInputSchema,
  consentInputSchema,
  feedbackSchema,
  heartbeatInputSchema,
  heartbeatOutputSchema,
  PARTICIPANT_ACTS,
  pageEventSchema,
  placeSchema,
  screenInputSchema,
} from './participation.ts';
import { acknowledgementSchema, submittedResponseSchema } from './response.ts';
import { assetSchema } from './study.ts';

const trial = z.strictObject({ trialIndex: z.number().int().min(0) });

export const PARTICIPANT_PROCEDURES = {
  /** What to show now. Asked at the start, after a reload, and when a heartbeat told that something has changed. */
  'participant.screen': { role: 'participant', input: screenInputSchema, output: placeSchema },
  /** Starts the participation: resolves and stores the sequence. Checking in again changes nothing but the language before the first answer. */
  'participant.checkIn': { role: 'participant', input: checkInInputSchema, output: placeSchema },
  'participant.consent': { role: 'participant', input: consentInputSchema, output: placeSchema },
  /** Stores one answer before its page is left: for pages that commit each answer as it is made. */
  'participant.submit': { role: 'participant', input: submittedResponseSchema, output: acknowledgementSchema },
  'participant.advance': { role: 'participant', input: advanceInputSchema, output: advanceOutputSchema },
  /** Goes back one place, where `canGoBack` says so. */
  'participant.back': { role: 'participant', input: trial, output: placeSchema },
  /** What practice has to say of the answers stored for a place. */
  'participant.feedback': {
    role: 'participant',
    input: trial,
    output: z.strictObject({ feedback: z.array(feedbackSchema) }),
  },
  'participant.events': {
    role: 'participant',
    input: z.strictObject({ events: z.array(pageEventSchema).min(1).max(200) }),
    output: z.strictObject({ stored: z.number().int() }),
  },
  'participant.act': {
    role: 'participant',
    input: z.strictObject({ act: z.enum(PARTICIPANT_ACTS) }),
    output: placeSchema,
  },
  /** `use` keeps the data, `erase` takes everything away for good. */
  'participant.dataChoice': {
    role: 'participant',
    input: trial.extend({ choice: z.enum(['use', 'erase']) }),
    output: placeSchema,
  },
  'participant.heartbeat': { role: 'participant', input: heartbeatInputSchema, output: heartbeatOutputSchema },
  /** The bytes of a stimulus by the name in its `asset`, in Base64. */
  'participant.asset': {
    role: 'participant',
    input: z.strictObject({ name: assetSchema.shape.name }),
    output: z.strictObject({ type: assetSchema.shape.type, base64: z.string() }),
  },
} as const;
