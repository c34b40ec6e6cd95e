/** Participation: the states one participant goes through, what moves them, and what their page and the researcher's monitor see of it. */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';
import { RECRUITER_PARAMETERS } from './recruiterParameters.ts';
import { acknowledgementSchema, submittedResponseSchema } from './response.ts';
import { screenSchema } from './screen.ts';
import { localeSchema, stageSchema } from './study.ts';
import { OUTCOMES } from './timeline.ts';
import { nameSchema } from './widget.ts';

/** Where a participation stands. The last ones are final: `OUTCOMES`. */
export const PARTICIPANT_STATES = ['invited', 'checked-in', 'consented', 'running', 'paused', ...OUTCOMES] as const;
export type ParticipantState = (typeof PARTICIPANT_STATES)[number];
export const participantStateSchema = z.enum(PARTICIPANT_STATES);

/** Why a page must wait: the start gate is shut, somebody paused, or resuming needs the researcher. */
export const holdSchema = z.enum(['gate', 'paused', 'paused-by-researcher', 'resume-approval']).nullable();

export const recruiterSchema = z.partialRecord(z.enum(RECRUITER_PARAMETERS), z.string().min(1).max(200));
export type Recruiter = z.infer<typeof recruiterSchema>;

/** What a participant asked for to be comfortable, and the machine they sit at. */
export const comfortSchema = z.strictObject({
  textSize: z.enum(['normal', 'large', 'larger']),
  hasHighContrast: z.boolean(),
  hasReducedMotion: z.boolean(),
});
export const deviceSchema = z.strictObject({
  widthPx: z.number().int().min(0).max(100_000),
  heightPx: z.number().int().min(0).max(100_000),
  pixelRatio: z.number().min(0).max(100),
  refreshHz: z.number().min(0).max(2000).optional(),
  pointers: z.array(z.enum(['mouse', 'touch', 'pen', 'none'])).max(4),
  userAgent: z.string().max(500),
});

export const checkInInputSchema = z.strictObject({
  locale: localeSchema,
  label: z.string().min(1).max(80).optional(),
  /** Set when the label is known and the person says that they come again. */
  isNewVisit: z.boolean().optional(),
  recruiter: recruiterSchema.optional(),
  comfort: comfortSchema.optional(),
  device: deviceSchema.optional(),
});
export type CheckIn = z.infer<typeof checkInInputSchema>;

export const consentInputSchema = z.strictObject({
  trialIndex: z.number().int().min(0),
  isGranted: z.boolean(),
  /** Which boxes were ticked, by id. */
  boxes: z.record(nameSchema, z.boolean()),
  /** Milliseconds the text was shown, and whether its end was reached. */
  dwellMs: z.number().min(0).max(1e10),
  wasReadToEnd: z.boolean(),
});
export type ConsentDecision = z.infer<typeof consentInputSchema>;

/** What pages report beside answers. `detail` holds no answers and no clipboard. */
export const PAGE_EVENTS = [
  'presented',
  'engaged',
  'answered',
  'focus-lost',
  'focus-gained',
  'hidden',
  'visible',
  'fullscreen-left',
  'fullscreen-entered',
  'paste',
  'widget-cleared',
  'help',
  'reconnected',
  'stimulus-played',
  'stimulus-failed',
  'device-checked',
] as const;
export const pageEventSchema = z.strictObject({
  type: z.enum(PAGE_EVENTS),
  trialIndex: z.number().int().min(0).nullable(),
  /** On the page's monotonic clock. */
  atMs: z.number().min(0).max(1e12),
  detail: z.string().max(200).optional(),
});
export type PageEvent = z.infer<typeof pageEventSchema>;

/**
 * Leaves a place of the sequence, with the answers given there: all are durable, and the place is left, when the call returns.
 * Answers that were sent before by `participant.submit` need not be sent again.
 */
export const advanceInputSchema = z.strictObject({
  trialIndex: z.number().int().min(0),
  responses: z.array(submittedResponseSchema).max(100).optional(),
  events: z.array(pageEventSchema).max(200).optional(),
});

/** `isArrival` is true on a page's first call after it was loaded: then the block's resume policy applies. */
export const screenInputSchema = z.strictObject({ isArrival: z.boolean().optional() });

/** What the page shows now. `index` of `total` places are behind the participant. */
export const placeSchema = z.strictObject({
  screen: screenSchema.nullable(),
  state: participantStateSchema,
  hold: holdSchema,
  index: z.number().int(),
  /** Null before check-in, when the sequence is not resolved yet. */
  total: z.number().int().nullable(),
  /** The `clientSeq` the participant's next response carries: one more than the last stored. */
  nextClientSeq: z.number().int(),
  /** By which the page tells what it keeps for this participant from what it kept for others. */
  participantId: z.string(),
  canGoBack: z.boolean(),
  /** What is stored already for this screen, the newest revision of each answer: after a reload, and on the way back. */
  answers: z.array(submittedResponseSchema),
  locale: localeSchema,
  study: z.strictObject({
    title: z.string(),
    stage: stageSchema,
    /** SHA-256 of the frozen version, 64 hexadecimal digits. */
    hash: z.string(),
    locales: z.array(localeSchema),
  }),
  comfort: comfortSchema.nullable(),
});
export type Place = z.infer<typeof placeSchema>;

/**
 * What leaving a place led to, and the place that is shown now. `retry`: the same questions once more · `return`: the instructions are shown
 * again · `ended`: an ending was reached.
 */
export const advanceOutputSchema = z.strictObject({
  place: placeSchema,
  outcome: z.enum(['next', 'retry', 'return', 'ended']),
  /** The queries of a comprehension check that were answered wrongly; which answer is right is not told. */
  wrong: z.array(queryIdSchema),
  acknowledgements: z.array(acknowledgementSchema),
});

/** What a participant may do at any time. `stop` keeps what was answered, `withdraw` erases it. */
export const PARTICIPANT_ACTS = ['pause', 'resume', 'stop', 'withdraw', 'help'] as const;

/** What a page says now and then, and what it hears: a changed `state`, `hold` or `index` means that the screen is to be asked for anew. */
export const heartbeatInputSchema = z.strictObject({
  /** Milliseconds since the last input; absent before the first. */
  idleMs: z.number().min(0).max(1e12).optional(),
  isHidden: z.boolean().optional(),
  /** Answers the page keeps that are not acknowledged yet. */
  waiting: z.number().int().min(0).max(10_000).optional(),
});
export const heartbeatOutputSchema = z.strictObject({
  ok: z.literal(true),
  state: participantStateSchema,
  hold: holdSchema,
  index: z.number().int(),
});

/** What is said of one practice answer. */
export const feedbackSchema = z.strictObject({
  queryId: queryIdSchema,
  verdict: z.enum(['within', 'below', 'above', 'missing']),
  text: z.string(),
});

/** Things the monitor points out; none of them is an answer. */
export const FLAGS = [
  'silent',
  'idle',
  'away',
  'help',
  'failed-attention',
  'waiting-answers',
  'fast',
  'resumed',
] as const;

/** One participant on the monitor: never what they answered. */
export const monitorTileSchema = z.strictObject({
  participantId: z.string(),
  label: z.string(),
  seat: z.string().nullable(),
  state: participantStateSchema,
  hold: holdSchema,
  index: z.number().int(),
  total: z.number().int().nullable(),
  /** Seconds since check-in, since the page was last heard of and since the last input; null where it never happened. */
  activeSeconds: z.number().nullable(),
  heardSeconds: z.number().nullable(),
  inputSeconds: z.number().nullable(),
  cell: z.string(),
  flags: z.array(z.enum(FLAGS)),
});
export type MonitorTile = z.infer<typeof monitorTileSchema>;

/** What the researcher may do to one participation. `extend` gives `minutes` more of reservation and gap; `move` changes the seat. */
export const CONTROL_ACTS = ['pause', 'resume', 'extend', 'move', 'stop', 'approve-resume', 'answer-help'] as const;
export const controlInputSchema = z.strictObject({
  participantId: z.string().min(1).max(80),
  act: z.enum(CONTROL_ACTS),
  reason: z.string().max(500).optional(),
  minutes: z.number().min(1).max(10_000).optional(),
  seat: z.string().min(1).max(40).optional(),
});

/** How one cell of the design is filled. */
export const balanceRowSchema = z.strictObject({
  cell: z.string(),
  completed: z.number().int(),
  reserved: z.number().int(),
  ended: z.number().int(),
});
