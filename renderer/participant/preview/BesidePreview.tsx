/** A preview of a study beside what is edited: the participant's own screens, storing nothing, leaving the focus where somebody types. */
import { useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { mapTexts } from '../../../engine/study/studyTexts.ts';
import { UserError } from '../../../shared/errors.ts';
import type { Study } from '../../../shared/study.ts';
import { createTranslator } from '../../language/language.ts';
import { ParticipantContext } from '../../state/participantStore.ts';
import { createAssetLoader } from '../assets.ts';
import { AssetContext } from '../screens/Stimuli.tsx';
import { TakingPart } from '../screens/TakingPart.tsx';
import { createPreviewHost, type PreviewHost } from './previewHost.ts';
import { createPreviewStore } from './previewStore.ts';

type BesidePreviewProps = {
  readonly study: Study;
  readonly locale: string;
  /** The node to show; the first where absent or not shown to anybody. */
  readonly startNodeId: string | undefined;
  /** Whether the linter found faults: a study that cannot be resolved is then no surprise. */
  readonly isFaulty: boolean;
};

const SEED = 1;

/** The place a node begins at; undefined where no participant of the first cell comes to it. */
const placeOfNode = ({ places }: PreviewHost, nodeId: string | undefined): number | undefined =>
  places.find(({ label }) => label.split(' · ')[1] === nodeId)?.index;

const noAssets = async (name: string): Promise<never> => {
  throw new UserError(`${name} is not shown in this preview`);
};

/** Stands for a text that is still to be written. */
const worded = (_key: string, text: string): string => (text.trim() === '' ? '…' : text);

/** The host of the study, or why its screens cannot be worked out. */
function openHost(study: Study, locale: string): PreviewHost | { readonly problem: string } {
  try {
    return createPreviewHost({ study, locale, seed: SEED, loadAsset: noAssets });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function Stage({
  host,
  at,
  locale,
}: {
  readonly host: PreviewHost;
  readonly at: number | null;
  readonly locale: string;
}) {
  const { store, translator, assets } = useMemo(
    () => ({
      store: createPreviewStore(host),
      translator: createTranslator(locale),
      assets: createAssetLoader(host.call),
    }),
    [host, locale],
  );
  useEffect(() => {
    host.goTo(at);
    void store.getState().start();
  }, [host, store, at]);
  return (
    <I18nextProvider i18n={translator}>
      <div className="participant stage">
        <ParticipantContext value={store}>
          <AssetContext value={assets}>
            <TakingPart isPreview />
          </AssetContext>
        </ParticipantContext>
      </div>
    </I18nextProvider>
  );
}

export function BesidePreview({ study, locale, startNodeId, isFaulty }: BesidePreviewProps) {
  const { t } = useTranslation('studies');
  const host = useMemo(() => openHost(mapTexts(study, worded), locale), [study, locale]);
  const [wanted, setWanted] = useState<number | null>(null);
  const firstOfNode = 'problem' in host ? undefined : placeOfNode(host, startNodeId);
  // What is worked on is shown; where the reader went by hand stays until another node is chosen.
  useEffect(() => setWanted(firstOfNode ?? 0), [firstOfNode]);
  if ('problem' in host)
    return (
      <p className="state" role="status">
        {isFaulty ? t('preview.waits') : host.problem}
      </p>
    );
  const at = wanted === null ? null : Math.min(wanted, host.places.length - 1);
  return (
    <>
      <p className="beside-bar">
        <select
          aria-label={t('preview.screen')}
          value={at ?? ''}
          onChange={({ target }) => setWanted(target.value === '' ? null : Number(target.value))}
        >
          <option value="">{t('preview.checkIn')}</option>
          {host.places.map(({ index, label }) => (
            <option key={index} value={index}>
              {label}
            </option>
          ))}
        </select>
      </p>
      <Stage host={host} at={at} locale={locale} />
    </>
  );
}
