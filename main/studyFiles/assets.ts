/** The pictures and sounds of a study: known by what they are, not by their names, and kept in a workspace by their digests. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { type Asset, assetSchema } from '../../shared/study.ts';
import { sha256, writeFileAtomic } from '../processes/durableFiles.ts';

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));

/** The type that the first bytes of a file show; undefined for what pages do not play or show. */
function typeOf(bytes: Uint8Array): Asset['type'] | undefined {
  if (startsWith(bytes, '\x89PNG\r\n')) return 'image/png';
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WAVE', 8)) return 'audio/wav';
  if (startsWith(bytes, 'OggS')) return 'audio/ogg';
  if (startsWith(bytes, 'ID3') || startsWith(bytes, '\xff\xfb')) return 'audio/mpeg';
  const text = new TextDecoder().decode(bytes.subarray(0, 400));
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg[\s>]/.test(text) ? 'image/svg+xml' : undefined;
}

/** What a study says of one of its files; `file` names it in refusals. Throws a UserError for one that is too large or of another type. */
export function describeAsset(name: string, bytes: Uint8Array, file: string): Asset {
  const type = typeOf(bytes);
  if (type === undefined)
    throw new UserError(`${file}: this is neither a picture nor a sound that pages show`, {
      hint: 'PNG, JPEG, WebP, SVG, MP3, WAV and Ogg are',
      location: { file },
    });
  const asset = assetSchema.safeParse({ name, type, sha256: sha256(bytes), sizeBytes: bytes.length });
  if (asset.success) return asset.data;
  throw new UserError(`${file}: ${asset.error.issues[0].message}`, { location: { file } });
}

/** Keeps the bytes of assets in `folder`, each under its digest; what is there already is left. */
export function keepAssets(folder: string, assets: ReadonlyMap<string, Uint8Array>): void {
  if (assets.size > 0) mkdirSync(folder, { recursive: true });
  for (const bytes of assets.values()) {
    const path = join(folder, sha256(bytes));
    if (!existsSync(path)) writeFileAtomic(path, bytes);
  }
}
