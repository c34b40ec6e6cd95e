/** A preview of a study from any screen, over the page that opened it: the participant's own screens, plainly marked, storing nothing. */
import { useEffect, useMemo, useRef } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { UserError } from '../../../shared/errors.ts';
import type { Study } from '../../../shared/study.ts';
import { createTranslator } from '../../language/language.ts';
import { ParticipantContext } from '../../state/participantStore.ts';
import { createAssetLoader } from '../assets.ts';
import { AssetContext } from '../screens/Stimuli.tsx';
import { TakingPart } from '../screens/TakingPart.tsx';
import { createPreviewHost, type PreviewHost, type PreviewOptions } from './previewHost.ts';
import { createPreviewStore } from './previewStore.ts';

export type StudyPreviewProps = {
  readonly study: Study;
  readonly locale?: string;
  readonly seed?: number;
  /** The node to start at; check-in where absent. */
  readonly startNodeId?: string;
  /** Gives a picture's or sound's bytes; where absent the words for them are shown. */
  readonly loadAsset?: PreviewOptions['loadAsset'];
  readonly onClose: () => void;
};

const noAssets: PreviewOptions['loadAsset'] = async (name) => {
  throw new UserError(`${name} is not shown in this preview`);
};

type BarProps = {
  readonly host: PreviewHost;
  readonly onGoTo: (index: number | null) => void;
  readonly onClose: () => void;
};

function PreviewBar({ host, onGoTo, onClose }: BarProps) {
  const { t } = useTranslation();
  return (
    <div className="preview-bar">
      <p>
        <strong>{t('preview.label')}</strong> {t('preview.note')}
      </p>
      <label>
        {t('preview.screen')}{' '}
        <select defaultValue="" onChange={(event) => onGoTo(Number(event.target.value))}>
          <option value="" disabled>
            …
          </option>
          {host.places.map(({ index, label }) => (
            <option key={index} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => onGoTo(null)}>
        {t('preview.restart')}
      </button>
      <button type="button" onClick={onClose}>
        {t('preview.close')}
      </button>
    </div>
  );
}

export function StudyPreview({
  study,
  locale,
  seed = 1,
  startNodeId,
  loadAsset = noAssets,
  onClose,
}: StudyPreviewProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const spoken = locale ?? study.locale;
  const { host, store, translator, assets } = useMemo(() => {
    const made = createPreviewHost({ study, locale: spoken, seed, loadAsset });
    const start = made.places.find(({ label }) => label.split(' · ')[1] === startNodeId);
    if (start) made.goTo(start.index);
    return {
      host: made,
      store: createPreviewStore(made),
      translator: createTranslator(spoken),
      assets: createAssetLoader(made.call),
    };
  }, [study, spoken, seed, startNodeId, loadAsset]);
  useEffect(() => void store.getState().start(), [store]);
  useEffect(() => dialog.current?.showModal(), []);
  const goTo = (index: number | null): void => {
    host.goTo(index);
    void store.getState().start();
  };
  return (
    <I18nextProvider i18n={translator}>
      <dialog ref={dialog} className="participant preview" aria-label={translator.t('preview.label')} onClose={onClose}>
        <PreviewBar host={host} onGoTo={goTo} onClose={onClose} />
        <ParticipantContext value={store}>
          <AssetContext value={assets}>
            <TakingPart isPreview />
          </AssetContext>
        </ParticipantContext>
      </dialog>
    </I18nextProvider>
  );
}
