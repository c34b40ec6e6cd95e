/** Comparison: people against sources of answers, as data: what the command prints, the screens show, the figures draw and the workspace keeps. */
import { z } from 'zod';
import { ANSWER_SOURCES } from './modelAnswer.ts';
import { estimateSchema } from './report.ts';
import { queryKindSchema } from './scenario.ts';
import { stageSchema } from './study.ts';

const count = z.number().int().min(0);
const list = <S extends z.ZodType>(schema: S) => z.array(schema).readonly();
const estimate = estimateSchema.nullable();
const queryName = { scenarioId: z.string(), queryId: z.string() };

/** Mean over queries with a bootstrap interval over queries. */
const divergenceSchema = z.strictObject({ wasserstein: estimate, jensenShannon: estimate, totalVariation: estimate });
export type DivergenceSummary = z.infer<typeof divergenceSchema>;

const peopleSchema = z.strictObject({
  participants: count,
  queries: count,
  values: count,
  /** r between halves, uncorrected; the reliability it implies for everyone, with the middle 95 % over splits; √ of it. */
  splitHalf: z.strictObject({ r: z.number().nullable(), reliability: estimate, ceiling: z.number().nullable() }),
  leaveOneOut: z.number().nullable(),
  /** Between two random halves: the floor of the sources' divergences. */
  divergence: divergenceSchema,
});
export type PeopleSummary = z.infer<typeof peopleSchema>;

const sourceSchema = z.strictObject({
  source: z.enum(ANSWER_SOURCES),
  sourceId: z.string(),
  label: z.string(),
  r: estimate,
  rSquared: z.number().nullable(),
  spearman: estimate,
  rmse: estimate,
  mae: estimate,
  bias: estimate,
  concordance: z.number().nullable(),
  /** People ≈ intercept + slope·answers. */
  line: z.strictObject({ slope: z.number(), intercept: z.number() }).nullable(),
  divergence: divergenceSchema,
});
export type SourceComparison = z.infer<typeof sourceSchema>;

/** `first` − `second`, on the same resamples. */
const differenceSchema = z.strictObject({ first: z.string(), second: z.string(), r: estimate, rmse: estimate });
export type SourceDifference = z.infer<typeof differenceSchema>;

/** One query: people's mean, its standard error, the standard deviation and median of all their values, and every source's mean and SD. */
const itemSchema = z.strictObject({
  ...queryName,
  participants: count,
  mean: z.number(),
  standardError: z.number().nullable(),
  sd: z.number().nullable(),
  median: z.number(),
  answers: list(z.strictObject({ mean: z.number(), sd: z.number().nullable() })),
});
export type ItemComparison = z.infer<typeof itemSchema>;

const comparisonSchema = z.strictObject({
  people: peopleSchema,
  sources: list(sourceSchema),
  differences: list(differenceSchema),
  /** In the order of the groups' queries; `answers` in the order of `sources`. */
  items: list(itemSchema),
  /** Why numbers are null, in words. */
  reasons: list(z.string()),
  coarseBins: count,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/**
 * `cell` is kind × subdomain, as the figures' grid has them; `motif` the pattern P,C,R; `heldOut` whether training saw the scenario's cell.
 * A query without a value has none in that facet.
 */
export const FACETS = ['kind', 'domain', 'subdomain', 'cell', 'motif', 'heldOut'] as const;
export type Facet = (typeof FACETS)[number];

const facetComparisonSchema = comparisonSchema.extend({ facet: z.enum(FACETS), value: z.string() });
export type FacetComparison = z.infer<typeof facetComparisonSchema>;

/** Replies of a language model behind its answers. */
const repliesSchema = z.strictObject({ asked: count, refused: count, unparsed: count });

/** A comparison over all queries and by facet, with where the answers came from. */
const peopleComparisonSchema = comparisonSchema.extend({
  design: z.enum(['crossed', 'nested']),
  /** Null where people's answers do not say. */
  stage: stageSchema.nullable(),
  /** People's answers without a value. */
  missing: count,
  /** Second askings of a query, left out. */
  repeated: count,
  facets: list(facetComparisonSchema),
  /** Per source the unweighted mean over the cells kind × subdomain of r², the statistic some papers report; null without a study. */
  meanCellRSquared: z.record(z.string(), z.number().nullable()).nullable(),
  /** Per source the replies behind its answers; null where they did not come as replies. */
  replies: z.record(z.string(), repliesSchema.nullable()),
  warnings: list(z.string()),
});
export type PeopleComparison = z.infer<typeof peopleComparisonSchema>;

const histogramCellSchema = z.strictObject({
  shares: list(z.number()),
  mean: z.number(),
  sd: z.number().nullable(),
  distance: z.number().nullable(),
  /** People behind the answers, and the 95 % interval of the mean of their means: null below two people. None for sources. */
  people: z.strictObject({ n: count, mean: estimate }).optional(),
});
/** One source's answer to one query: shares of equal bins over 0–100, mean, SD, and its Wasserstein distance from people in points. */
export type HistogramCell = z.infer<typeof histogramCellSchema>;

const histogramRowSchema = z.strictObject({
  source: z.enum([...ANSWER_SOURCES, 'people']),
  sourceId: z.string(),
  label: z.string(),
  cells: list(histogramCellSchema.nullable()),
});
/** `cells` in the order of the queries; null where the source has no distribution for the query. */
export type HistogramRow = z.infer<typeof histogramRowSchema>;

/** Everybody's answers to one scenario as histograms: people first, then the sources. */
export const scenarioHistogramsSchema = z.strictObject({
  scenarioId: z.string(),
  queries: list(z.strictObject({ id: z.string(), text: z.string() })),
  rows: list(histogramRowSchema),
});
export type ScenarioHistograms = z.infer<typeof scenarioHistogramsSchema>;

/** Shares [101] of one source's answers to a query, and their mean; `people` who answered, none for a source's distribution. */
export type OverlaySeries = Pick<HistogramRow, 'source' | 'sourceId' | 'label'> & {
  readonly bins: readonly number[];
  readonly mean: number;
  readonly people?: number;
};

/** Everybody's answers to one query, to be drawn over each other. */
export type AnswerOverlay = {
  readonly scenarioId: string;
  readonly queryId: string;
  readonly queryText: string;
  readonly series: readonly OverlaySeries[];
};

export const AGGREGATIONS = ['person-means', 'pooled'] as const;
export const RESAMPLING_UNITS = ['participants', 'queries', 'both'] as const;

/** How the numbers were made. */
export const compareSettingsSchema = z.strictObject({
  /** `person-means`: every person counts once per query, with the mean of their values. `pooled`: every single value counts once. */
  aggregation: z.enum(AGGREGATIONS),
  /** What is drawn again: the people (within each group), the queries, or both, independently. */
  unit: z.enum(RESAMPLING_UNITS),
  replicates: z.number().int().min(100).max(100_000),
  splits: z.number().int().min(10).max(10_000),
  seed: z.number().int().min(0),
});

export type CompareSettings = z.infer<typeof compareSettingsSchema>;

/** A query as figures name it. */
const describedQuerySchema = z.strictObject({
  ...queryName,
  kind: queryKindSchema,
  subdomain: z.string(),
  text: z.string(),
});
export type DescribedQuery = z.infer<typeof describedQuerySchema>;

/** A comparison the workspace keeps. `hash` is of the study's version; no single person's answer is in it. */
export const keptComparisonSchema = z.strictObject({
  name: z.string(),
  createdAt: z.string(),
  version: z.string(),
  study: z.strictObject({ slug: z.string(), title: z.string(), hash: z.string() }),
  sessionId: z.string(),
  /** What it keeps of people; none in comparisons made before it was written. */
  note: z.string().optional(),
  settings: compareSettingsSchema,
  queries: list(describedQuerySchema),
  result: peopleComparisonSchema,
});
export type KeptComparison = z.infer<typeof keptComparisonSchema>;
