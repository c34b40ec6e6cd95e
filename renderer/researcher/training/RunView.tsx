/** One training run: its curves, growing while it runs, its configuration and its adapter. */
import { useEffect } from 'react';
import { lossCurves } from '../../../engine/figures/lossCurves.ts';
import { decimal } from '../../../engine/figures/numberText.ts';
import type { RunSummary } from '../../../shared/workspaceProcedures.ts';
import { Figure } from '../../plots/Figure.tsx';
import { useWidth } from '../../plots/useWidth.ts';
import { useResearcher } from '../../state/store.ts';

const FIGURE_HEIGHT = 340;
/** How often a run's log is read on. */
const FOLLOW_MS = 1000;

/** Reads on in the run's log for as long as it is shown. */
function useRunLog(name: string) {
  const log = useResearcher((state) => state.runLogs[name]);
  const follow = useResearcher((state) => state.followRunLog);
  useEffect(() => {
    const read = (): void =>
      void follow(name).catch((error: unknown) => console.warn('the log cannot be read now', error));
    read();
    const timer = setInterval(read, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [name, follow]);
  return log;
}

export function RunView({ run }: { readonly run: RunSummary }) {
  const log = useRunLog(run.name);
  const { ref, width } = useWidth();
  const { config, best } = run;
  const speed = log?.findLast((entry) => entry.event === 'step' && entry.tokensPerSecond !== undefined);
  const note = {
    text: `Run ${run.name}, seed ${config.seed}. Validation on held-out scenarios; the marked checkpoint is kept.`,
    isSimulated: false,
  };
  return (
    <article className="panel" ref={ref}>
      <h1>{run.name}</h1>
      <p className="facts">
        {config.target} · rate {config.learningRate} · rank {config.rank} · batch {config.batch} · {config.schedule} ·{' '}
        {config.backend} · seed {config.seed}
        {speed?.event === 'step' && ` · ${Math.round(speed.tokensPerSecond ?? 0).toLocaleString('en')} tokens/s`}
      </p>
      <p className="facts">
        {best
          ? `Best validation MAE ${decimal(best.mae)} points at step ${best.step}. ${run.hasAdapter ? `Adapter: runs/${run.name}/adapter` : ''}`
          : 'No validation yet.'}
      </p>
      {log && log.length > 0 && width > 0 ? (
        <Figure
          node={lossCurves([{ source: 'adapter', sourceId: run.name, label: run.name, log }], note, {
            width: width - 72,
            height: FIGURE_HEIGHT,
          })}
        />
      ) : (
        <p className="state">Nothing logged yet.</p>
      )}
    </article>
  );
}
