/**
 * Writes a transformer with an adapter worked into its weights as a Hugging Face folder that needs neither: configuration and tokenizer are
 * copied, weights keep their type and are written a few rows at a time.
 */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { mergeRows, weightChanges } from '../../engine/training/mergeAdapter.ts';
import { narrowToBrains, narrowToHalves } from '../../engine/transformer/floatFormats.ts';
import { encodeHeader, type StoredType } from '../../engine/transformer/safetensors.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { readAdapter } from './answerRun.ts';
import { fillFolderDurably, openPieceWriter } from './durableFiles.ts';
import type { MergeRequest } from './trainingMessages.ts';
import { openTransformerFolder, openWeights } from './transformerFolder.ts';

/** Weights merged at once. */
const CHUNK = 2 ** 22;

const NARROWERS: Readonly<Record<StoredType, (values: Float32Array) => Float32Array | Uint16Array>> = {
  F32: (values) => values,
  F16: narrowToHalves,
  BF16: narrowToBrains,
};

/** Files that belong to a transformer beside its weights: small texts, never code. */
const isCompanion = (name: string): boolean => /\.(json|jinja|txt)$/.test(name) && !name.includes('.safetensors.');

/** Merges and writes `request.out`, which must not exist or be empty. Throws UserError, or CancelledError leaving nothing behind. */
export async function runMerge(request: MergeRequest, control: RunControl): Promise<void> {
  const { architecture } = openTransformerFolder(request.transformer);
  const adapter = readAdapter(request.adapter, architecture);
  refuseFull(request.out);
  const changes = weightChanges(architecture, adapter);
  const files = openWeights(request.transformer, architecture);
  try {
    await fillFolderDurably(request.out, async (temporary) => {
      for (const name of readdirSync(request.transformer).filter(isCompanion))
        copyFileSync(join(request.transformer, name), join(temporary, name));
      const writer = openPieceWriter(join(temporary, 'model.safetensors'));
      writer.put(encodeHeader(files.entries));
      let done = 0;
      for (const [name, { shape, storedType }] of files.entries) {
        if (control.signal?.aborted) throw new CancelledError('merge');
        const change = changes.get(name);
        let row = 0;
        for (const values of files.readChunks(name, CHUNK)) {
          if (change) mergeRows(values, row, adapter.spec.rank, change);
          row += values.length / (shape.at(-1) ?? 1);
          writer.put(NARROWERS[storedType](values));
        }
        control.onProgress?.({ stage: 'merge', done: ++done, total: files.entries.size, unit: 'tensors' });
        await nextTurn();
      }
      writer.finish();
    });
  } finally {
    files.close();
  }
}

function refuseFull(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // Not there yet: as it should be.
  }
  if (names.length > 0)
    throw new UserError('merge: an empty or new folder expected', {
      location: { file: folder },
      hint: 'Choose another folder with --out.',
    });
}
