/**
 * Starting weights of the shipped transformer. Random, with four kinds of structure that a few hours on one core would else be spent on
 * finding: the spellings of a name with and without space start alike; the numbers 0–100 start on a smooth curve; the first layer's heads start
 * looking one, two, three … tokens back; half the heads of later layers start looking at tokens like the present one, and the second layer's others
 * at tokens that follow such a one.
 * **Source:** A. Trockman, Z. Kolter, Mimetic Initialization of Self-Attention Layers (2023), for starting queries and keys equal.
 */
import type { Random } from '../../engine/random.ts';
import { layoutParameters, type ParameterLayout, parameterViews } from '../../engine/training/parameters.ts';
import { type Architecture, weightShapes } from '../../engine/transformer/architecture.ts';
import { inverseFrequencies } from '../../engine/transformer/rope.ts';

/** Tokens that start related: pairs that start equal, and the ids of 0–100 in order. */
export type Vocabulary = {
  readonly pairs: readonly (readonly [number, number])[];
  readonly numbers: readonly number[];
};

/** Share of an embedding that is the direction all tokens have in common; position heads read it, and a softmax does not see it. */
const COMMON_SHARE = 0.5;
/** Output projections start this much smaller, so that the stream is at first mostly the token. */
const OUTPUT_SHARE = 0.1;
/** Channels whose pair turns by more than this per token carry position; the others are free for content. */
const FAST_TURN = 0.01;
/** Sharpness of the look-back heads, and of the look-alike heads, in their weights. */
const LOOK_BACK = 5.5;
const LOOK_ALIKE = 0.09;
const LOOK_AFTER = 1.8;
const COPY_SHARE = 0.5;
const HIGHEST_FREQUENCY = (2 * Math.PI * 4) / 100;

function fillGaussian(random: Random, view: Float32Array, spread: number): void {
  for (let i = 0; i < view.length; i++) view[i] = spread * random.gaussian();
}

function fillEmbedding(random: Random, view: Float32Array, C: number, { pairs, numbers }: Vocabulary): Float32Array {
  const spread = 1 / Math.sqrt(C);
  fillGaussian(random.split('tokens'), view, spread);
  const row = (id: number): Float32Array => view.subarray(id * C, (id + 1) * C);
  const noise = random.split('pairs');
  for (const [first, second] of pairs) {
    const from = row(first);
    row(second).forEach((_, i, to) => {
      to[i] = from[i] + 0.1 * spread * noise.gaussian();
    });
  }
  const curve = random.split('curve');
  const waves = Array.from({ length: C }, () => ({
    frequency: HIGHEST_FREQUENCY * curve.uniform(),
    phase: 2 * Math.PI * curve.uniform(),
  }));
  numbers.forEach((id, n) => {
    row(id).forEach((own, i, to) => {
      const { frequency, phase } = waves[i];
      to[i] = 0.5 * own + 0.85 * spread * Math.SQRT2 * Math.cos(frequency * n + phase);
    });
  });
  const common = new Float32Array(C);
  fillGaussian(random.split('common'), common, spread);
  const length = Math.hypot(...common);
  for (let i = 0; i < C; i++) common[i] /= length;
  for (let i = 0; i < view.length; i++) view[i] += COMMON_SHARE * common[i % C];
  return common;
}

/** The attention weights of one layer; rows of q, k and v and columns of o belong to heads in turn, D each. */
type Heads = {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
  readonly o: Float32Array;
  readonly C: number;
  readonly D: number;
};

/** Makes head `head` look `distance` tokens back: query and key are constant vectors turned against each other by that distance. */
function lookBack(
  { q, k, C, D }: Heads,
  place: { head: number; distance: number },
  common: Float32Array,
  frequencies: Float64Array,
): void {
  // A normed token has this much of the common direction.
  const gain = Math.sqrt(C) * (COMMON_SHARE / Math.hypot(1, COMMON_SHARE));
  const base = place.head * D * C;
  q.fill(0, base, base + D * C);
  k.fill(0, base, base + D * C);
  frequencies.forEach((frequency, i) => {
    if (frequency < FAST_TURN) return;
    const amplitude = LOOK_BACK / gain;
    for (let c = 0; c < C; c++) {
      q[base + i * C + c] = amplitude * common[c];
      k[base + i * C + c] = amplitude * Math.cos(place.distance * frequency) * common[c];
      k[base + (i + D / 2) * C + c] = amplitude * Math.sin(place.distance * frequency) * common[c];
    }
  });
}

/** Makes head `head` look at tokens like its own: query and key weights are equal and use slowly turning channels only; what it sees it copies. */
function lookAlike(random: Random, heads: Heads, head: number, frequencies: Float64Array): void {
  const { q, k, C, D } = heads;
  for (let d = 0; d < D; d++) {
    const isSlow = frequencies[d % (D / 2)] < FAST_TURN;
    for (let c = 0; c < C; c++) {
      const i = (head * D + d) * C + c;
      q[i] = isSlow ? LOOK_ALIKE * random.gaussian() : 0;
      k[i] = q[i];
    }
  }
  copySeen(heads, head);
}

/** Output weights of `head` become the transpose of its value weights: the token it looks at is added to the stream. */
function copySeen({ v, o, C, D }: Heads, head: number): void {
  const width = o.length / C;
  for (let d = 0; d < D; d++)
    for (let c = 0; c < C; c++) o[c * width + head * D + d] = COPY_SHARE * v[(head * D + d) * C + c];
}

/**
 * Makes head `head` look at tokens that follow one like its own: its keys read what head `source` of the first layer wrote about the token
 * before. **Source:** C. Olsson et al., In-context Learning and Induction Heads (2022).
 */
function lookAfterAlike(
  first: Heads,
  source: number,
  heads: Heads,
  place: { head: number; frequencies: Float64Array },
): void {
  const { q, k, C, D } = heads;
  const width = first.o.length / C;
  let free = 0;
  for (let d = 0; d < D; d++) {
    const isSlow = place.frequencies[d % (D / 2)] < FAST_TURN;
    const channel = isSlow ? free++ : -1;
    for (let c = 0; c < C; c++) {
      const i = (place.head * D + d) * C + c;
      q[i] = isSlow ? LOOK_AFTER * first.v[(source * D + channel) * C + c] : 0;
      k[i] = isSlow ? (LOOK_AFTER / OUTPUT_SHARE) * first.o[c * width + source * D + channel] : 0;
    }
  }
  copySeen(heads, place.head);
}

/** The weights as one vector, with its layout. The architecture must have as many key/value heads as heads. */
export function initialWeights(
  random: Random,
  architecture: Architecture,
  vocabulary: Vocabulary,
): { readonly layout: ParameterLayout; readonly vector: Float32Array } {
  const { hiddenSize: C, heads, headSize: D, layers } = architecture;
  const layout = layoutParameters(weightShapes(architecture));
  const vector = new Float32Array(layout.length);
  const views = parameterViews(layout, vector);
  let common = new Float32Array(C);
  layout.names.forEach((name, i) => {
    const view = views.get(name) ?? new Float32Array();
    if (name === 'model.embed_tokens.weight')
      common = new Float32Array(fillEmbedding(random.split(name), view, C, vocabulary));
    else if (name.endsWith('norm.weight')) view.fill(1);
    else {
      const isOutput = name.includes('o_proj') || name.includes('down_proj');
      fillGaussian(random.split(name), view, (isOutput ? OUTPUT_SHARE : 1) / Math.sqrt(layout.shapes[i][1]));
    }
  });
  const frequencies = inverseFrequencies(architecture);
  let first: Heads | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const path = `model.layers.${layer}.self_attn`;
    const take = (name: string): Float32Array => views.get(`${path}.${name}_proj.weight`) ?? new Float32Array();
    const parts: Heads = { q: take('q'), k: take('k'), v: take('v'), o: take('o'), C, D };
    if (layer === 0) {
      first = parts;
      for (let head = 0; head < heads; head++) lookBack(parts, { head, distance: head + 1 }, common, frequencies);
    } else
      for (let head = 0; head < heads; head++) {
        if (head < heads / 2) lookAlike(random.split('alike', layer, head), parts, head, frequencies);
        else if (layer === 1 && first) lookAfterAlike(first, head - Math.ceil(heads / 2), parts, { head, frequencies });
      }
  }
  return { layout, vector };
}
