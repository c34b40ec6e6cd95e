/** Hands the reader files made in the page: text as it is, figures as SVG or as pictures at twice their size. */
import { standaloneSvg } from '../../engine/figures/standaloneSvg.ts';
import type { SvgNode } from '../../engine/figures/svg.ts';

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const saveCsv = (name: string, text: string): void =>
  save(`${name}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));

/** `base64` is the file as the host drew it. */
export const savePdf = (name: string, base64: string): void =>
  save(
    `${name}.pdf`,
    new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'application/pdf' }),
  );

const svgBlob = (figure: SvgNode): Blob => new Blob([standaloneSvg(figure)], { type: 'image/svg+xml' });

export const saveSvg = (name: string, figure: SvgNode): void => save(`${name}.svg`, svgBlob(figure));

const SCALE = 2;

/** Draws the figure into a picture. Throws an Error where the page cannot draw it. */
export async function savePng(name: string, figure: SvgNode): Promise<void> {
  const url = URL.createObjectURL(svgBlob(figure));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('the picture cannot be drawn');
    save(`${name}.png`, blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}
