/** One request of the pool answered: the program read, or compiled and run, every fault turned into a reply. Node children and windows alike use it. */
import type { ProgramHost } from '../../engine/inference/host.ts';
import { infer, inferWithPrior } from '../../engine/inference/infer.ts';
import { compile } from '../../engine/program/compile.ts';
import { readProgramParts } from '../../engine/scenario/synthesis/programParts.ts';
import { withEvidence } from '../../engine/scenario/synthesis/variants.ts';
import { errorToData, UserError } from '../../shared/errors.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { ProgramCheck, ProgramFault } from '../../shared/programCheck.ts';
import type { InferenceReply, InferenceRequest } from './inferenceMessages.ts';

/** What a process captured before its realm was locked. */
export type AnswerHost = {
  /** The value of generated code, an expression. */
  readonly load: (code: string, label: string) => unknown;
  /** Seconds, from any beginning. */
  readonly now: () => number;
  readonly reply: (reply: InferenceReply) => void;
};

/** `3:14` in a warning that begins with its place. */
const PLACE = /^[^:]*:(\d+):(\d+): /;

function warningOf(text: string): ProgramFault {
  const place = PLACE.exec(text);
  return {
    severity: 'warning',
    message: place ? text.slice(place[0].length) : text,
    hint: null,
    line: place ? Number(place[1]) : null,
    column: place ? Number(place[2]) : null,
  };
}

const errorOf = ({ message, hint, location }: UserError): ProgramFault => ({
  severity: 'error',
  message,
  hint: hint ?? null,
  line: location?.line ?? null,
  column: location?.column ?? null,
});

/** The observations of a program that keeps the contract; none where it does not, which is no fault. */
function evidenceOf(source: string): string[] {
  try {
    return readProgramParts(source).evidence.map(({ start, end }) => source.slice(start, end));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

function check(source: string, file: string | undefined): ProgramCheck {
  try {
    const { warnings } = compile(source, { file });
    return { faults: warnings.map(warningOf), evidence: evidenceOf(source) };
  } catch (error) {
    if (error instanceof UserError) return { faults: [errorOf(error)], evidence: [] };
    throw error;
  }
}

function run(
  request: Extract<InferenceRequest, { readonly kind: 'run' }>,
  programHash: string,
  host: AnswerHost,
): InferenceReply {
  const { id, source, file, options, evidence, prior: priorOptions } = request;
  const varied = evidence?.some((state) => state !== 'on')
    ? withEvidence(readProgramParts(source, file), evidence)
    : source;
  const programHost: ProgramHost = {
    load: host.load,
    now: host.now,
    control: { onProgress: (progress) => host.reply({ id, kind: 'progress', progress }) },
    onSketch: (queries) => host.reply({ id, kind: 'sketch', queries }),
  };
  const program = compile(varied, { file });
  const hashed = (posterior: Posterior): Posterior => ({ ...posterior, programHash });
  if (!priorOptions) return { id, kind: 'result', posterior: hashed(infer(program, options, programHost)) };
  const { posterior, prior } = inferWithPrior(program, options, priorOptions, programHost);
  return { id, kind: 'result', posterior: hashed(posterior), prior: hashed(prior) };
}

/** Answers one request; `programHash` is the SHA-256 of its source. */
export function answerInference(request: InferenceRequest, programHash: string, host: AnswerHost): void {
  const { id, source, file } = request;
  try {
    if (request.kind === 'check') host.reply({ id, kind: 'checked', check: check(source, file) });
    else host.reply(run(request, programHash, host));
  } catch (error) {
    host.reply({ id, kind: 'error', error: errorToData(error) });
  }
}
