/** Freezing: a study as one immutable file that names its own hash. */
import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';
import { sha256, writeFileAtomic } from '../processes/durableFiles.ts';
import { canonicalHash } from '../store/canonicalJson.ts';
import type { StudyBundle } from '../studies.ts';
import { packStudy } from './archive.ts';

/** Written anew by every freezing. */
const WRITTEN = new Set(['frozen.json', 'CHECKSUMS.sha256']);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The SHA-256 of a study's canonical JSON, in hexadecimal: what every response to it carries. */
export const studyHashOf = ({ study }: Pick<StudyBundle, 'study'>): string => canonicalHash(study).toString('hex');

/** The bytes of the frozen file: the same for the same study, whenever and wherever it is frozen. */
export function frozenBytes(bundle: StudyBundle): Uint8Array {
  const files = new Map([...bundle.files].filter(([path]) => !WRITTEN.has(path)));
  const hash = studyHashOf(bundle);
  files.set('frozen.json', encode(`${JSON.stringify({ format: 'credence-frozen-study', hash })}\n`));
  const sums = [...files.keys()].sort().map((path) => `${sha256(files.get(path) ?? '')}  ${path}\n`);
  files.set('CHECKSUMS.sha256', encode(sums.join('')));
  return packStudy(files);
}

/** Writes the frozen file. Throws a UserError where `path` holds anything else: what is frozen is never replaced. */
export function freezeStudy(bundle: StudyBundle, path: string): { readonly hash: string; readonly isNew: boolean } {
  const bytes = frozenBytes(bundle);
  const hash = studyHashOf(bundle);
  if (!existsSync(path)) {
    writeFileAtomic(path, bytes);
    return { hash, isNew: true };
  }
  if (readFileSync(path).equals(bytes)) return { hash, isNew: false };
  throw new UserError(`${path}: the file is there already and holds another study`, {
    hint: 'a frozen study is never replaced: raise "version" in study.json and choose another file',
    location: { file: path },
  });
}
