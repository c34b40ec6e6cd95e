/** The nodes of a study's flow: what participants meet, and the policies of each. */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';
import { MISSING_CODES } from './response.ts';
import { nameSchema, optionSchema, REQUIREMENTS, widgetSchema } from './widget.ts';

const title = z.string().min(1).max(300);
/** Paragraphs, parted by empty lines. */
const body = z.string().min(1).max(20_000);
const seconds = z.number().min(0).max(3600);
const scenarioName = z.string().min(1).max(80);
const minutes = z.number().min(1).max(100_000);

/** A picture or a sound from the study's `assets/`; `alternative` is what it shows or says, in words. */
export const stimulusSchema = z.strictObject({
  kind: z.enum(['image', 'audio']),
  asset: z.string().min(1).max(200),
  alternative: z.string().min(1).max(2000),
});
export type Stimulus = z.infer<typeof stimulusSchema>;

/** Shown only to participants in one of these levels of a factor of the design. */
const whenSchema = z.strictObject({ factor: nameSchema, levels: z.array(nameSchema).min(1).max(100) });

const ATTRIBUTES = ['domain', 'subdomain', 'style', 'cell'] as const;
export type ScenarioAttribute = (typeof ATTRIBUTES)[number];
const spacing = z.strictObject({ by: z.enum(ATTRIBUTES), n: z.number().int().min(1).max(1000) });

/**
 * - `constrained`: shuffled so that no more than `maxRun.n` neighbours share an attribute, things that share one are at least
 *   `minDistance.n` places apart, and each of `fixed` stands at its place (counted from 0);
 * - `latin`, `williams`: one row of a square per participant; every row is used equally often. A Williams square also balances which
 *   follows which. **Source:** E. J. Williams, Experimental designs balanced for the estimation of residual effects (1949).
 */
export const orderSchema = z.union([
  z.enum(['fixed', 'shuffle', 'latin', 'williams']),
  z.strictObject({
    method: z.literal('constrained'),
    maxRun: spacing.optional(),
    minDistance: spacing.optional(),
    fixed: z.record(z.string().max(80), z.number().int().min(0).max(10_000)).optional(),
  }),
]);
export type Order = z.infer<typeof orderSchema>;

/** What a query of a questionnaire, an attention check or a tutorial asks, and how. */
export const questionSchema = z.strictObject({
  id: queryIdSchema,
  text: z.string().min(1).max(1000),
  widget: widgetSchema,
  /** Labels at 0 and 100, for widgets that answer on that line. */
  lowLabel: z.string().max(200).optional(),
  highLabel: z.string().max(200).optional(),
  requirement: z.enum(REQUIREMENTS).optional(),
  missingCodes: z.array(z.enum(MISSING_CODES)).max(MISSING_CODES.length).optional(),
});
export type Question = z.infer<typeof questionSchema>;

/** A question with one right answer, which never leaves the host. */
export const checkQuestionSchema = z.strictObject({
  id: queryIdSchema,
  text: z.string().min(1).max(1000),
  options: z.array(optionSchema).min(2).max(20),
  correct: nameSchema,
});

/** What is wanted of a practice answer, and what is said of one within, below and above. */
export const targetSchema = z.strictObject({
  low: z.number().min(0).max(100),
  high: z.number().min(0).max(100),
  within: z.string().min(1).max(500),
  below: z.string().min(1).max(500),
  above: z.string().min(1).max(500),
});

/** `together`: all queries of a scenario on one page · `one-by-one`: one a page under the scenario · `memory`: the scenario, then one query a page without it. */
export const LAYOUTS = ['together', 'one-by-one', 'memory'] as const;
/** `none`: no way back · `review`: earlier pages can be read · `edit`: and changed; each change is a revision. */
export const BACK_POLICIES = ['none', 'review', 'edit'] as const;
/** After a reload or crash: go on where it was · from the block's first page · from the study's first page · not at all. */
export const RESUME_POLICIES = ['resume', 'checkpoint', 'restart', 'block'] as const;

const every = { id: nameSchema, when: whenSchema.optional() };

const boxSchema = z.strictObject({ id: nameSchema, text: z.string().min(1).max(2000), isRequired: z.boolean() });

/** What a device can be asked for: a mouse, finger or pen; keys; sound that is heard. */
export const DEVICE_NEEDS = ['pointer', 'keyboard', 'sound'] as const;
/** Tried out before the study begins: whether the window is large enough (in CSS pixels) and what is needed works. Goes before consent. */
const deviceNode = z.strictObject({
  kind: z.literal('device'),
  ...every,
  title,
  body,
  minWidthPx: z.number().int().min(0).max(10_000).optional(),
  minHeightPx: z.number().int().min(0).max(10_000).optional(),
  needs: z.array(z.enum(DEVICE_NEEDS)).max(DEVICE_NEEDS.length),
});
const consentNode = z.strictObject({
  kind: z.literal('consent'),
  ...every,
  title,
  body,
  version: z.string().min(1).max(40),
  boxes: z.array(boxSchema).max(20).optional(),
});
const instructionsNode = z.strictObject({
  kind: z.literal('instructions'),
  ...every,
  title,
  body,
  /** Further pages after the first. */
  pages: z
    .array(z.strictObject({ title, body, stimuli: z.array(stimulusSchema).max(10).optional() }))
    .max(50)
    .optional(),
  stimuli: z.array(stimulusSchema).max(10).optional(),
  minSeconds: seconds.optional(),
});
const tutorialNode = z.strictObject({
  kind: z.literal('tutorial'),
  ...every,
  title,
  body,
  question: questionSchema,
});
const comprehensionNode = z.strictObject({
  kind: z.literal('comprehension'),
  ...every,
  title,
  body,
  questions: z.array(checkQuestionSchema).min(1).max(20),
  maxAttempts: z.number().int().min(1).max(20),
  /** The node shown again after a wrong attempt; the check itself where absent. */
  returnTo: nameSchema.optional(),
  onFail: z.enum(['end', 'continue']),
});
const practiceNode = z.strictObject({
  kind: z.literal('practice'),
  ...every,
  title: title.optional(),
  body: body.optional(),
  scenarioId: scenarioName,
  widget: widgetSchema.optional(),
  targets: z.record(queryIdSchema, targetSchema),
});
const attentionNode = z.strictObject({
  kind: z.literal('attention'),
  ...every,
  title,
  body: body.optional(),
  question: checkQuestionSchema,
});
const breakNode = z.strictObject({ kind: z.literal('break'), ...every, title, body, minSeconds: seconds.optional() });
const blockNode = z.strictObject({
  kind: z.literal('block'),
  ...every,
  scenarioIds: z.array(scenarioName).min(1).max(2000),
  order: orderSchema,
  /** How many of the scenarios one participant sees, drawn at random; all where absent. */
  sample: z.number().int().min(1).max(2000).optional(),
  queryOrder: z.enum(['fixed', 'shuffle']).optional(),
  layout: z.enum(LAYOUTS).optional(),
  /** Overrides the scale's widget, by kind of query. */
  widgets: z
    .partialRecord(z.enum(['rank', 'percentage', 'contest', 'probability', 'quantity']), widgetSchema)
    .optional(),
  minSeconds: seconds.optional(),
  maxSeconds: seconds.optional(),
  /** Nodes shown between scenarios, every so many of them or at one place drawn at random. */
  interruptions: z
    .array(z.strictObject({ nodeId: nameSchema, every: z.number().int().min(1).max(1000).optional() }))
    .max(50)
    .optional(),
  /** So many scenarios are asked a second time, at least `minDistance` later. */
  repeats: z
    .strictObject({ count: z.number().int().min(1).max(100), minDistance: z.number().int().min(1).max(1000) })
    .optional(),
  back: z.enum(BACK_POLICIES).optional(),
  resume: z.enum(RESUME_POLICIES).optional(),
  /** After a longer gap the policy is `block`: the researcher decides. */
  maxGapMinutes: minutes.optional(),
});
const questionnaireNode = z.strictObject({
  kind: z.literal('questionnaire'),
  ...every,
  title,
  body: body.optional(),
  purpose: z.enum(['screening', 'demographics', 'post-task']),
  questions: z.array(questionSchema).min(1).max(60),
  /** Option ids that end the study politely, by question. */
  screenOut: z.record(queryIdSchema, z.array(nameSchema).min(1).max(60)).optional(),
});
const debriefNode = z.strictObject({ kind: z.literal('debrief'), ...every, title, body });
const dataChoiceNode = z.strictObject({
  kind: z.literal('data-choice'),
  ...every,
  title,
  body,
  /** Days in which data can still be withdrawn with the code. */
  withdrawalDays: z.number().int().min(0).max(36_500),
});
/** Shows other nodes, in an order of its own; they are shown nowhere else. */
const groupNode = z.strictObject({
  kind: z.literal('group'),
  ...every,
  nodeIds: z.array(nameSchema).min(1).max(200),
  order: z.enum(['fixed', 'shuffle', 'latin', 'williams']),
});
/** How a participation can end. */
export const OUTCOMES = [
  'completed',
  'declined',
  'screened-out',
  'failed-comprehension',
  'timed-out',
  'stopped',
  'withdrawn',
  'aborted',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
const endNode = z.strictObject({
  kind: z.literal('end'),
  ...every,
  title,
  body,
  /** The ending it is for; `completed` where absent. */
  outcome: z.enum(OUTCOMES).optional(),
});

/** One node of the flow. Nodes are shown in the order of the timeline, but for those that a group or an interruption names. */
export const timelineNodeSchema = z.discriminatedUnion('kind', [
  deviceNode,
  consentNode,
  instructionsNode,
  tutorialNode,
  comprehensionNode,
  practiceNode,
  attentionNode,
  breakNode,
  blockNode,
  questionnaireNode,
  debriefNode,
  dataChoiceNode,
  groupNode,
  endNode,
]);
export type TimelineNode = z.infer<typeof timelineNodeSchema>;
export type NodeKind = TimelineNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<TimelineNode, { kind: K }>;
