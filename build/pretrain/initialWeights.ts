/**
 * Starting weights of the shipped transformer: random, but with attention already arranged for looking things up, which plain random weights
 * would have to find in hours. Half of the stream's channels hold the token; the other half holds, written by the first layer, what the
 * tokens one to five places back were. In the second and third layer some heads start comparing these with one another. Nothing about the
 * texts, their words or any answer is put in.
 * **Source:** C. Olsson et al., In-context Learning and Induction Heads (2022); A. Trockman, Z. Kolter, Mimetic Initialization (2023).
 */
import type { Random } from '../../engine/random.ts';
import { layoutParameters, type ParameterLayout, parameterViews } from '../../engine/training/parameters.ts';
import { type Architecture, weightShapes } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';

/** Tokens that start related: pairs that start nearly equal, and the ids of 0–100 in order. */
export type Vocabulary = {
  readonly pairs: readonly (readonly [number, number])[];
  readonly numbers: readonly number[];
};

/** Size of the one channel all tokens share, against a token's own length of 1; position heads read it. */
const COMMON = 0.5;
/** Other output projections start this much smaller than usual, so that the stream is at first mostly the token. */
const OUTPUT_SHARE = 0.1;
/** Channels whose pair turns by more than this per token carry position; the others are free for content. */
const FAST_TURN = 0.01;
/** Sharpness of the look-back heads. */
const LOOK_BACK = 5.5;
/** Length, in the stream, of what a look-back head writes. */
const WRITTEN = 0.7;
/** Attention score in nats of a token that matches exactly. */
const MATCH_SCORE = 12;
/** How much of what a matching head sees it copies into the stream. */
const COPY_SHARE = 1;
const HIGHEST_FREQUENCY = (2 * Math.PI * 4) / 100;

/** What a matching head compares and copies: the token itself (0), or the one `n` places back; what it copies may stay random (null). */
type Match = { readonly query: number; readonly key: number; readonly value: number | null };
/** Heads of the second to fourth layer, in order; the rest start random. */
const MATCHES: Readonly<Record<number, readonly Match[]>> = {
  1: [
    { query: 0, key: 0, value: 1 },
    { query: 0, key: 1, value: 0 },
    { query: 1, key: 1, value: 0 },
  ],
  2: [
    { query: 0, key: 1, value: 0 },
    { query: 1, key: 2, value: 0 },
    { query: 1, key: 0, value: null },
  ],
  3: [
    { query: 1, key: 2, value: 0 },
    { query: 1, key: 0, value: null },
  ],
};

function fillGaussian(random: Random, view: Float32Array, spread: number): void {
  for (let i = 0; i < view.length; i++) view[i] = spread * random.gaussian();
}

/** Sizes and the shared projection of tokens onto content channels. */
type Plan = {
  readonly C: number;
  readonly D: number;
  readonly heads: number;
  /** Channels of the stream that hold the token: the first half. */
  readonly own: number;
  readonly frequencies: Float64Array;
  /** Channels of a head that carry content. */
  readonly slow: readonly number[];
  /** [slow, own] the projection all content heads share. */
  readonly content: Float32Array;
};

function planOf(random: Random, architecture: Architecture): Plan {
  const { hiddenSize: C, headSize: D, heads } = architecture;
  const frequencies = inverseFrequencies(architecture);
  const slow = Array.from({ length: D }, (_, d) => d).filter((d) => frequencies[d % (D / 2)] < FAST_TURN);
  const own = C / 2;
  const content = new Float32Array(slow.length * own);
  fillGaussian(random.split('content'), content, 1 / Math.sqrt(slow.length));
  return { C, D, heads, own, frequencies, slow, content };
}

/** How many look-back heads there is room for in the other half, one channel of it being the common one. */
const lookBackHeads = ({ C, own, slow, heads }: Plan): number =>
  Math.min(heads, Math.floor((C - own - 1) / slow.length));

function fillEmbedding(random: Random, view: Float32Array, { C, own }: Plan, { pairs, numbers }: Vocabulary): void {
  const spread = 1 / Math.sqrt(own);
  const tokens = random.split('tokens');
  for (let i = 0; i < view.length; i++) view[i] = i % C < own ? spread * tokens.gaussian() : 0;
  const row = (id: number): Float32Array => view.subarray(id * C, id * C + own);
  const noise = random.split('pairs');
  for (const [first, second] of pairs) {
    const from = row(first);
    row(second).forEach((_, i, to) => {
      to[i] = from[i] + 0.1 * spread * noise.gaussian();
    });
  }
  const curve = random.split('curve');
  const waves = Array.from({ length: own }, () => ({
    frequency: HIGHEST_FREQUENCY * curve.uniform(),
    phase: 2 * Math.PI * curve.uniform(),
  }));
  numbers.forEach((id, n) => {
    row(id).forEach((value, i, to) => {
      const { frequency, phase } = waves[i];
      to[i] = 0.5 * value + 0.85 * spread * Math.SQRT2 * Math.cos(frequency * n + phase);
    });
  });
  // All of one length, so that the norm treats every token alike and scores depend on what is compared only.
  for (let start = 0; start < view.length; start += C) {
    const token = view.subarray(start, start + own);
    const length = Math.hypot(...token);
    token.forEach((value, i) => {
      token[i] = value / length;
    });
    view[start + C - 1] = COMMON;
  }
}

/** The attention weights of one layer; rows of q, k and v and columns of o belong to heads in turn, D each. */
type Attention = {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
  readonly o: Float32Array;
};

/** A normed token's length over its length before, for a stream of squared length `square`. */
const normGain = (C: number, square: number): number => Math.sqrt(C / square);

/** Makes head `head` look `head + 1` tokens back (constant query and key, turned against each other by that much) and write what is there. */
function lookBack({ q, k, v, o }: Attention, head: number, plan: Plan): void {
  const { C, D, heads, own, frequencies, slow, content } = plan;
  const base = head * D * C;
  for (const view of [q, k, v]) view.fill(0, base, base + D * C);
  const gain = normGain(C, 1 + COMMON ** 2);
  const amplitude = LOOK_BACK / (gain * COMMON);
  frequencies.forEach((frequency, i) => {
    if (frequency < FAST_TURN) return;
    q[base + i * C + C - 1] = amplitude;
    k[base + i * C + C - 1] = amplitude * Math.cos((head + 1) * frequency);
    k[base + (i + D / 2) * C + C - 1] = amplitude * Math.sin((head + 1) * frequency);
  });
  for (let c = 0; c < C; c++) o.fill(0, c * heads * D + head * D, c * heads * D + (head + 1) * D);
  slow.forEach((channel, s) => {
    v.set(content.subarray(s * own, (s + 1) * own), base + channel * C);
    o[(own + head * slow.length + s) * heads * D + head * D + channel] = WRITTEN / gain;
  });
}

/** Makes head `head` compare two sources, and copy a third from where they agree. */
function lookFor({ q, k, v, o }: Attention, head: number, match: Match, plan: Plan): void {
  const { C, D, heads, own, slow, content } = plan;
  const gain = normGain(C, 1 + COMMON ** 2 + lookBackHeads(plan) * WRITTEN ** 2);
  const strength = Math.sqrt(MATCH_SCORE * Math.sqrt(D)) / gain;
  const base = head * D * C;
  const written = (source: number, s: number): number => own + (source - 1) * slow.length + s;
  const readFrom = (view: Float32Array, source: number, scale: number): void => {
    view.fill(0, base, base + D * C);
    slow.forEach((channel, s) => {
      const row = base + channel * C;
      if (source === 0) for (let c = 0; c < own; c++) view[row + c] = scale * content[s * own + c];
      else view[row + written(source, s)] = scale / WRITTEN;
    });
  };
  readFrom(q, match.query, strength);
  readFrom(k, match.key, strength);
  if (match.value === null) return;
  const { value } = match;
  readFrom(v, value, 1 / gain);
  for (let c = 0; c < C; c++) o.fill(0, c * heads * D + head * D, c * heads * D + (head + 1) * D);
  slow.forEach((channel, s) => {
    const column = head * D + channel;
    if (value === 0) for (let c = 0; c < own; c++) o[c * heads * D + column] = COPY_SHARE * content[s * own + c];
    else o[written(value, s) * heads * D + column] = COPY_SHARE;
  });
}

/** The weights as one vector, with its layout. The architecture must have as many key/value heads as heads. */
export function initialWeights(
  random: Random,
  architecture: Architecture,
  vocabulary: Vocabulary,
): { readonly layout: ParameterLayout; readonly vector: Float32Array } {
  const plan = planOf(random, architecture);
  const layout = layoutParameters(weightShapes(architecture));
  const vector = new Float32Array(layout.length);
  const views = parameterViews(layout, vector);
  const viewOf = (name: string): Float32Array => views.get(name) ?? new Float32Array();
  layout.names.forEach((name, i) => {
    const view = viewOf(name);
    if (name === 'model.embed_tokens.weight') fillEmbedding(random.split(name), view, plan, vocabulary);
    else if (name.endsWith('norm.weight')) view.fill(1);
    else {
      const isOutput = name.includes('o_proj') || name.includes('down_proj');
      fillGaussian(random.split(name), view, (isOutput ? OUTPUT_SHARE : 1) / Math.sqrt(layout.shapes[i][1]));
    }
  });
  for (let layer = 0; layer < architecture.layers; layer++) {
    const take = (name: string): Float32Array => viewOf(`model.layers.${layer}.self_attn.${name}_proj.weight`);
    const attention = { q: take('q'), k: take('k'), v: take('v'), o: take('o') };
    if (layer === 0) for (let head = 0; head < lookBackHeads(plan); head++) lookBack(attention, head, plan);
    for (const [head, match] of (MATCHES[layer] ?? []).slice(0, plan.heads).entries())
      if (Math.max(match.query, match.key) <= lookBackHeads(plan)) lookFor(attention, head, match, plan);
  }
  return { layout, vector };
}
