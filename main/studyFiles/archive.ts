/** A study as one zip file: what may be in it, read within limits and without trusting a name, and written the same for the same content. */
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { UserError } from '../../shared/errors.ts';

const LARGEST_ARCHIVE_BYTES = 256 * 2 ** 20;
const LARGEST_CONTENT_BYTES = 512 * 2 ** 20;
const MOST_ENTRIES = 6000;
/** Text packs at most this well; what claims more is made to fill memory. */
const LARGEST_RATIO = 400;
const SMALL_BYTES = 2 ** 20;
/** Stored as the time of every entry: zip cannot tell an earlier one. */
const NO_TIME = new Date(1980, 0, 1);

/** The files of a study, by their path inside it. */
export type StudyFiles = ReadonlyMap<string, Uint8Array>;

/** Where a file may lie in a study. */
const PLACES = [
  /^study\.json$/,
  /^items\.jsonl$/,
  /^frozen\.json$/,
  /^README\.md$/,
  /^CHECKSUMS\.sha256$/,
  /^locales\/[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\.json$/,
  /^programs\/[a-z0-9][a-z0-9-]{0,79}\.wppl$/,
  /^assets\/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,119}$/,
];

/** Whether a study can have a file of this path. */
export const isStudyPath = (path: string): boolean => PLACES.some((place) => place.test(path));

function refuse(archive: string, name: string, problem: string, hint?: string): never {
  throw new UserError(`${archive}: ${name}: ${problem}`, {
    ...(hint ? { hint } : {}),
    location: { file: archive, path: name },
  });
}

/** Throws a UserError for an entry that must not be unpacked. */
function checkEntry(archive: string, { name, size, originalSize, compression }: UnzipFileInfo): void {
  if (
    /(^|[\\/])\.\.([\\/]|$)/.test(name) ||
    /^([\\/]|[a-zA-Z]:)/.test(name) ||
    name.includes('\\') ||
    name.includes('\0')
  )
    refuse(archive, JSON.stringify(name), 'the name leads out of the archive');
  if (!isStudyPath(name))
    refuse(
      archive,
      name,
      'a study has no such file',
      'it has study.json, items.jsonl, locales/, programs/ and assets/',
    );
  if (compression !== 0 && compression !== 8)
    refuse(archive, name, `packed by method ${compression}, which is not read`);
  if (originalSize > SMALL_BYTES && originalSize > LARGEST_RATIO * Math.max(1, size))
    refuse(archive, name, `${size} bytes claim to unpack to ${originalSize}`);
}

/** The files in the zip `bytes`; `archive` names it in refusals. Throws a UserError for anything that is no study's archive. */
export function unpackStudy(bytes: Uint8Array, archive: string): StudyFiles {
  if (bytes.length > LARGEST_ARCHIVE_BYTES)
    throw new UserError(`${archive}: ${bytes.length} bytes, at most ${LARGEST_ARCHIVE_BYTES} are read`, {
      location: { file: archive },
    });
  const seen = new Set<string>();
  let total = 0;
  const filter = (entry: UnzipFileInfo): boolean => {
    if (entry.name.endsWith('/') && entry.originalSize === 0 && !entry.name.includes('..')) return false;
    checkEntry(archive, entry);
    if (seen.has(entry.name)) refuse(archive, entry.name, 'it is there twice');
    seen.add(entry.name);
    total += entry.originalSize;
    if (total > LARGEST_CONTENT_BYTES)
      refuse(archive, entry.name, `the files unpack to over ${LARGEST_CONTENT_BYTES} bytes`);
    if (seen.size > MOST_ENTRIES) refuse(archive, entry.name, `there are over ${MOST_ENTRIES} files`);
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${archive}: not a zip file that can be read: ${error instanceof Error ? error.message : error}`,
      {
        hint: 'is the download complete? A study is a .credence-study file or a folder with study.json',
        location: { file: archive },
        cause: error,
      },
    );
  }
}

/** The files as one zip, byte for byte the same for the same files. */
export function packStudy(files: StudyFiles): Uint8Array {
  const names = [...files.keys()].sort();
  const entries = names.map((name) => [name, files.get(name) ?? new Uint8Array()] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: NO_TIME });
}
