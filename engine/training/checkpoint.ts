/**
 * A checkpoint as bytes: adapter, moments, step, and what early stopping remembers. Decoding gives back the same bits.
 * Data order and schedule need no state: they follow from seed and step.
 */
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../transformer/safetensors.ts';
import type { FineTuneState } from './fineTune.ts';

/** Early stopping's memory: the best validation so far (its step and MAE) and the epochs since. */
export const selectionSchema = z.strictObject({
  bestStep: z.number().int(),
  bestMae: z.number(),
  epochsSinceBest: z.number().int(),
});
export type Selection = z.infer<typeof selectionSchema>;

const metadataSchema = z.object({ step: z.coerce.number().int().min(0), selection: z.string() });

const flat = (data: Float32Array) => ({ shape: [data.length], data });

/** The bytes of a checkpoint: a safetensors file. */
export const encodeCheckpoint = (state: FineTuneState, selection: Selection | null): Uint8Array =>
  encodeSafetensors(
    new Map([
      ['adapter', flat(state.vector)],
      ['m', flat(state.adam.m)],
      ['v', flat(state.adam.v)],
    ]),
    { step: String(state.step), selection: JSON.stringify(selection) },
  );

/** The state in `bytes` for an adapter of `length` numbers. Throws UserError where the file does not fit. */
export function decodeCheckpoint(
  bytes: Uint8Array,
  file: string,
  length: number,
): { readonly state: FineTuneState; readonly selection: Selection | null } {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const take = (name: string): Float32Array => {
    const data = tensors.get(name)?.data;
    if (data?.length !== length)
      throw new UserError(`checkpoint: "${name}" of ${length} numbers expected, received ${data?.length ?? 'none'}`, {
        location: { file, path: name },
        hint: 'Was the run started with another rank or transformer?',
      });
    return data.slice();
  };
  const { step, selection } = metadataSchema.parse(metadata);
  return {
    state: { vector: take('adapter'), adam: { m: take('m'), v: take('v'), updates: step }, step },
    selection: selectionSchema.nullable().parse(JSON.parse(selection)),
  };
}
