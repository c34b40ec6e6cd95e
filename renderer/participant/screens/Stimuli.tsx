/** Pictures and sounds of a study, each with what it shows or says in words. */
import { createContext, use, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stimulus } from '../../../shared/timeline.ts';
import { useParticipant } from '../../state/participantStore.ts';

/** Gives the address of an asset's bytes within this page; the same one each time it is asked. */
export type LoadAsset = (name: string) => Promise<string>;

export const AssetContext = createContext<LoadAsset | null>(null);

type Loading =
  | { readonly status: 'loading' }
  | { readonly status: 'failed' }
  | { readonly status: 'ready'; readonly address: string };

function useAsset(name: string): Loading {
  const load = use(AssetContext);
  const [state, setState] = useState<Loading>({ status: 'loading' });
  useEffect(() => {
    let isShown = true;
    const settle = (next: Loading): void => {
      if (isShown) setState(next);
    };
    load?.(name).then(
      (address) => settle({ status: 'ready', address }),
      () => settle({ status: 'failed' }),
    );
    return () => {
      isShown = false;
    };
  }, [load, name]);
  return state;
}

function StimulusView({ stimulus }: { readonly stimulus: Stimulus }) {
  const { t } = useTranslation();
  const { kind, asset, alternative } = stimulus;
  const loading = useAsset(asset);
  const report = useParticipant((state) => state.report);
  const [isBroken, setIsBroken] = useState(false);
  const fail = (): void => {
    report('stimulus-failed', asset);
    setIsBroken(true);
  };
  if (loading.status === 'failed' || isBroken)
    return (
      <p className="stimulus is-failed" role="status">
        {t('stimulus.failed', { words: alternative })}
      </p>
    );
  if (loading.status === 'loading') return <div className="stimulus is-loading" />;
  if (kind === 'image') return <img className="stimulus" src={loading.address} alt={alternative} onError={fail} />;
  return (
    <figure className="stimulus">
      {/* biome-ignore lint/a11y/useMediaCaption: what it says stands below it, in words */}
      <audio
        controls
        src={loading.address}
        aria-label={alternative}
        onError={fail}
        onPlay={() => report('stimulus-played', asset)}
      />
      <figcaption>
        <details>
          <summary>{t('stimulus.words', { words: '' })}</summary>
          {alternative}
        </details>
      </figcaption>
    </figure>
  );
}

export function Stimuli({ stimuli }: { readonly stimuli: readonly Stimulus[] }) {
  return stimuli.map((stimulus) => <StimulusView key={stimulus.asset} stimulus={stimulus} />);
}
