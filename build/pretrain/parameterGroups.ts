/** The weights as two groups, each trained as one vector: the projections' matrices, which decay, and the embedding and norms, which do not. */
import { type AdamState, clipGradient, initAdam, stepAdam } from '../../engine/training/adamw.ts';
import { gradientName } from '../../engine/training/answerGraph.ts';
import {
  layoutParameters,
  type ParameterLayout,
  parameterTensors,
  parameterViews,
} from '../../engine/training/parameters.ts';
import type { Tensor } from '../../engine/transformer/backend.ts';

/** One group; `weights`, `gradient` and the moments are flat vectors of its layout. */
export type ParameterGroup = {
  readonly name: 'matrices' | 'others';
  readonly layout: ParameterLayout;
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
  adam: AdamState;
};

const DECAY = { matrices: 0.02, others: 0 } as const;
const CLIP_NORM = 1;

/** The groups of `layout`'s weights, starting at `vector`. */
export function groupParameters(layout: ParameterLayout, vector: Float32Array): ParameterGroup[] {
  const starts = parameterViews(layout, vector);
  return (['matrices', 'others'] as const).map((name) => {
    const members = layout.names.map((own, i) => [own, layout.shapes[i]] as const);
    const isMember = (own: string): boolean => own.includes('_proj') === (name === 'matrices');
    const own = layoutParameters(new Map(members.filter(([member]) => isMember(member))));
    const weights = new Float32Array(own.length);
    for (const [member, view] of parameterViews(own, weights)) view.set(starts.get(member) ?? []);
    return { name, layout: own, weights, gradient: new Float32Array(own.length), adam: initAdam(own.length) };
  });
}

/** The groups' weights as the graph's inputs. */
export const groupTensors = (groups: readonly ParameterGroup[]): Map<string, Tensor> =>
  new Map(groups.flatMap(({ layout, weights }) => [...parameterTensors(layout, weights)]));

/** Where the graph shall write each weight's gradient. */
export const groupGradients = (groups: readonly ParameterGroup[]): Map<string, Float32Array> =>
  new Map(
    groups.flatMap(({ layout, gradient }) =>
      [...parameterViews(layout, gradient)].map(([name, view]) => [gradientName(name), view] as const),
    ),
  );

/** One AdamW update of every group from its gradient, clipped by group; returns the gradient's norm before clipping. */
export function stepGroups(groups: readonly ParameterGroup[], learningRate: number): number {
  const norms = groups.map((group) => {
    const norm = clipGradient(group.gradient, CLIP_NORM);
    const options = { learningRate, weightDecay: DECAY[group.name], beta2: 0.98 };
    group.adam = stepAdam(group.adam, group.weights, group.gradient, options);
    return norm;
  });
  return Math.hypot(...norms);
}

/** Every vector a checkpoint must hold, by name. */
export const groupVectors = (groups: readonly ParameterGroup[]): Map<string, Float32Array> =>
  new Map(
    groups.flatMap(({ name, weights, adam }) => [
      [`${name}/weights`, weights] as const,
      [`${name}/m`, adam.m] as const,
      [`${name}/v`, adam.v] as const,
    ]),
  );
