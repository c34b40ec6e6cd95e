/**
 * Writes a pretraining run's weights as a Hugging Face folder, in half precision, with the tokenizer and the run's log.
 * Usage: node build/pretrain/writeTransformer.ts RUN_FOLDER TOKENIZER_FOLDER
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutParameters } from '../../engine/training/parameters.ts';
import { readArchitecture, weightShapes } from '../../engine/transformer/architecture.ts';
import { narrowToHalves } from '../../engine/transformer/floatFormats.ts';
import { decodeSafetensors, encodeSafetensors } from '../../engine/transformer/safetensors.ts';
import { groupParameters, groupTensors } from './parameterGroups.ts';

const [runFolder, folder] = process.argv.slice(2);
if (!runFolder || !folder) throw new Error('usage: node build/pretrain/writeTransformer.ts RUN_FOLDER FOLDER');
const configFile = join(runFolder, 'config.json');
const architecture = readArchitecture(JSON.parse(readFileSync(configFile, 'utf8')), configFile);
const stateFile = join(runFolder, 'state.safetensors');
const { tensors, metadata } = decodeSafetensors(readFileSync(stateFile), stateFile);
const layout = layoutParameters(weightShapes(architecture));
const groups = groupParameters(layout, new Float32Array(layout.length));
for (const { name, weights } of groups) weights.set(tensors.get(`${name}/weights`)?.data ?? []);
const trained = groupTensors(groups);
const stored = new Map(
  layout.names.map((name, i) => {
    const data = trained.get(name)?.data;
    if (!(data instanceof Float32Array)) throw new Error(`${stateFile} holds no ${name}`);
    return [name, { shape: layout.shapes[i], data: narrowToHalves(data) }];
  }),
);
const bytes = encodeSafetensors(stored, { format: 'pt', pretrainingSteps: metadata.step });
writeFileSync(join(folder, 'model.safetensors'), bytes);
copyFileSync(configFile, join(folder, 'config.json'));
console.log(`${layout.length} weights after ${metadata.step} steps, ${(bytes.length / 1e6).toFixed(2)} MB`);
