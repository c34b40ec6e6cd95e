/**
 * Pictures of screens as small PNG files: at most 32 colours, each pixel an index. Chromium writes 8-bit true colour without interlacing,
 * which is all that is read here. **Source:** W3C, Portable Network Graphics (Third Edition), sections 5, 9 and 11.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Plain surfaces and text keep their colours; of the shades at the edges of letters the nearest is as good. */
const COLOURS = 32;

type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Uint8Array;
};

/** The predicted byte that lies nearest to left + above − corner. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Undoes the filters of the rows; `rows` holds one filter byte and `stride` bytes for each. */
function unfilter(rows: Uint8Array, stride: number, channels: number): Uint8Array {
  const height = rows.length / (stride + 1);
  const bytes = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? bytes[at - channels] : 0;
      const above = y > 0 ? bytes[at - stride] : 0;
      const corner = x >= channels && y > 0 ? bytes[at - stride - channels] : 0;
      const predicted =
        [0, left, above, (left + above) >> 1, 0][filter] + (filter === 4 ? paeth(left, above, corner) : 0);
      bytes[at] = rows[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return bytes;
}

/** Throws where the file is not of the kind that Chromium writes. */
function readPixels(png: Buffer): Pixels {
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [width, height, depth, kind, interlace] = [
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[24],
    png[25],
    png[28],
  ];
  const channels = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || channels === undefined || interlace !== 0)
    throw new Error(`palette: expected 8-bit true colour without interlacing, received depth ${depth}, kind ${kind}`);
  return { width, height, channels, bytes: unfilter(inflateSync(Buffer.concat(data)), width * channels, channels) };
}

type Colour = readonly [number, number, number];

const channelsOf = (colour: number): Colour => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearestOf(palette: readonly Colour[], [r, g, b]: Colour): number {
  let [nearest, least] = [0, Number.POSITIVE_INFINITY];
  palette.forEach((colour, index) => {
    const distance = (colour[0] - r) ** 2 + (colour[1] - g) ** 2 + (colour[2] - b) ** 2;
    if (distance < least) [nearest, least] = [index, distance];
  });
  return nearest;
}

/** The most frequent colours, each pixel's own colour, and for every colour the index of the nearest of them. */
function choosePalette({ channels, bytes }: Pixels) {
  const colours = new Uint32Array(bytes.length / channels);
  const counts = new Map<number, number>();
  for (let i = 0; i < colours.length; i++) {
    const at = i * channels;
    colours[i] = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
    counts.set(colours[i], (counts.get(colours[i]) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour);
  const palette = ranked.slice(0, COLOURS).map(channelsOf);
  const indexOf = new Map(ranked.map((colour) => [colour, nearestOf(palette, channelsOf(colour))]));
  return { palette, colours, indexOf };
}

function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** The same picture in its 32 most frequent colours. */
export function reduceColours(png: Buffer): Buffer {
  const pixels = readPixels(png);
  const { width, height } = pixels;
  const { palette, colours, indexOf } = choosePalette(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexOf.get(colours[y * width + x]) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
