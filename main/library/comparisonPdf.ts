/** A figure of a kept comparison as a PDF, drawn by the same parts as the command's. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparisonPart } from '../../engine/figures/comparisonPart.ts';
import { standaloneSvg } from '../../engine/figures/standaloneSvg.ts';
import type { ProcedureInput, ProcedureOutput } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import { renderPictures } from '../exchange/renderPictures.ts';
import type { WorkspacePaths } from '../workspacePaths.ts';
import { readComparison } from './comparisonFolders.ts';
import { keptFigures } from './jobs/compare.ts';

/** Draws the figure. Throws UserError where there is no such comparison, part or figure, and where this machine has no Chromium. */
export async function drawComparisonPdf(
  paths: WorkspacePaths,
  { name, figure, part }: ProcedureInput<'comparisons.pdf'>,
): Promise<ProcedureOutput<'comparisons.pdf'>> {
  const kept = readComparison(paths, name);
  const result = comparisonPart(kept.result, part);
  if (!result) throw new UserError(`comparison ${name}: no part ${part?.facet} ${part?.value}`);
  const figures = keptFigures({ ...kept, result });
  const drawn = figures.find(({ id }) => id === figure);
  if (!drawn)
    throw new UserError(`comparison ${name}: no figure ${figure}`, {
      hint: `it has ${figures.map(({ id }) => id).join(', ')}`,
    });
  const scratch = await mkdtemp(join(tmpdir(), 'credence-pdf-'));
  try {
    const file = join(scratch, 'figure.svg');
    await writeFile(file, standaloneSvg(drawn.node));
    await renderPictures(file, ['pdf']);
    return { pdf: (await readFile(join(scratch, 'figure.pdf'))).toString('base64') };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
