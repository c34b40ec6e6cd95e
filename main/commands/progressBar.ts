/** Progress on the terminal: one line redrawn in place on a terminal, one line per stage and tenth elsewhere. */
import type { Progress } from '../../shared/progress.ts';
import type { CommandContext } from './command.ts';

const WIDTH = 24;
const REDRAW_MS = 100;

const figureText = (figures: Progress['figures']): string =>
  Object.entries(figures ?? {})
    .map(([name, value]) => `  ${name} ${Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)}`)
    .join('');

function barText(progress: Progress): string {
  const { stage, done, total, unit } = progress;
  if (total === undefined) return `${stage}  ${done} ${unit}${figureText(progress.figures)}`;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  return `${stage}  [${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${done}/${total} ${unit}${figureText(progress.figures)}`;
}

/** A reporter for `RunControl.onProgress` and a `finish` that ends the line. */
export function createProgressBar(context: CommandContext): {
  report: (progress: Progress) => void;
  finish: () => void;
} {
  let lastStage = '';
  let lastTenth = -1;
  let lastDrawnAt = 0;
  let isOpen = false;
  const report = (progress: Progress): void => {
    const isEnd = progress.total !== undefined && progress.done >= progress.total;
    if (context.isTerminal) {
      const now = performance.now();
      const isNewStage = progress.stage !== lastStage;
      if (!isNewStage && !isEnd && now - lastDrawnAt < REDRAW_MS) return;
      if (isNewStage && isOpen) context.err('\n');
      context.err(`\r\x1b[K${barText(progress)}`);
      lastDrawnAt = now;
      isOpen = true;
    } else {
      const tenth = progress.total ? Math.floor((10 * progress.done) / progress.total) : 0;
      if (progress.stage === lastStage && tenth === lastTenth) return;
      lastTenth = tenth;
      context.err(`${barText(progress)}\n`);
    }
    lastStage = progress.stage;
  };
  const finish = (): void => {
    if (isOpen) context.err('\n');
    isOpen = false;
  };
  return { report, finish };
}
