/** What opens a station besides its key: the key's address as a QR code, and a short code to type. */
import { randomInt } from 'node:crypto';
import type { StationKey } from '../../shared/lan.ts';

/** Characters that are not taken for one another. */
const CODE_CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 6;

/** Six characters: 30 bits, tried at most five times in ten minutes by one address. */
export const createCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)]).join('');

/** A code as it was made, however it was typed. */
export const normaliseCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** The dark squares of the QR code of `text`: one SVG path in a box of `size` × `size` with the quiet border the standard asks for. */
export async function qrPath(text: string): Promise<StationKey['qr']> {
  // Loaded when the first station is added: it would make every start wait.
  const { default: qrcode } = await import('qrcode');
  const border = 4;
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const squares: string[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) if (modules.get(y, x)) squares.push(`M${x + border} ${y + border}h1v1h-1z`);
  return { size: size + 2 * border, path: squares.join('') };
}
