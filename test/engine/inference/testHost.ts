/** A host for inference in tests: generated code runs in this process. */
import { Script } from 'node:vm';
import type { ProgramHost } from '../../../engine/inference/host.ts';
import { infer } from '../../../engine/inference/infer.ts';
import { compile } from '../../../engine/program/compile.ts';
import type { InferOptions, Posterior } from '../../../shared/posterior.ts';

export const testHost: ProgramHost = {
  load: (code, label) => new Script(code, { filename: label }).runInThisContext(),
  now: () => performance.now() / 1000,
};

/** The posterior of a program text. */
export const inferText = (text: string, options: InferOptions = {}): Posterior =>
  infer(compile(text, { file: 'test.wppl' }), options, testHost);
