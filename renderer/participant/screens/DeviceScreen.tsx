/** The device is tried out before the study begins: the window's size, and each thing that the study needs. What was found is reported. */
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenOf } from '../../../shared/screen.ts';
import { clickMode } from '../../components/widgets/widget.ts';
import { useParticipant } from '../../state/participantStore.ts';
import { playTone } from '../tone.ts';
import { Paragraphs } from './Paragraphs.tsx';

type Need = ScreenOf<'device'>['needs'][number];
type Size = { readonly width: number; readonly height: number };

const sizeNow = (): Size => ({ width: window.innerWidth, height: window.innerHeight });

/** The window's size in CSS pixels, as it changes. */
function useWindowSize(): Size {
  const [size, setSize] = useState(sizeNow);
  useEffect(() => {
    const measure = (): void => setSize(sizeNow());
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return size;
}

/** Calls `onKey` for a letter or digit, wherever the focus is: keys that move the focus are pressed by chance. */
function useTypedKey(onKey: () => void): void {
  useEffect(() => {
    const look = ({ key }: KeyboardEvent): void => {
      if (/^[\p{L}\p{N}]$/u.test(key)) onKey();
    };
    window.addEventListener('keydown', look);
    return () => window.removeEventListener('keydown', look);
  }, [onKey]);
}

type TrialProps = { readonly isDone: boolean; readonly onDone: (found: string) => void };

function PointerTrial({ isDone, onDone }: TrialProps) {
  const { t } = useTranslation();
  if (isDone) return t('device.pointerDone');
  return (
    <button type="button" onPointerDown={({ pointerType }) => onDone(pointerType)}>
      {t('device.pointer')}
    </button>
  );
}

function KeyboardTrial({ isDone, onDone }: TrialProps) {
  const { t } = useTranslation();
  const [found] = useState(() => () => onDone('key'));
  useTypedKey(found);
  return t(isDone ? 'device.keyboardDone' : 'device.keyboard');
}

function SoundTrial({ isDone, onDone }: TrialProps) {
  const { t } = useTranslation();
  const [wasPlayed, setWasPlayed] = useState(false);
  if (isDone) return t('device.soundDone');
  const play = (): void => {
    playTone();
    setWasPlayed(true);
  };
  return (
    <>
      {t('device.sound')}
      <br />
      <button type="button" onClick={play}>
        {t('device.play')}
      </button>{' '}
      <button type="button" disabled={!wasPlayed} onClick={() => onDone('heard')}>
        {t('device.heard')}
      </button>
    </>
  );
}

const TRIALS: Readonly<Record<Need, (props: TrialProps) => ReactNode>> = {
  pointer: PointerTrial,
  keyboard: KeyboardTrial,
  sound: SoundTrial,
};

export function DeviceScreen({ screen }: { readonly screen: ScreenOf<'device'> }) {
  const { t } = useTranslation();
  const leave = useParticipant((state) => state.leave);
  const report = useParticipant((state) => state.report);
  const isIdle = useParticipant(({ progress }) => progress === 'idle');
  const { width, height } = useWindowSize();
  const [found, setFound] = useState<Partial<Record<Need, string>>>({});
  const [isAsking, setIsAsking] = useState(false);
  const { minWidthPx, minHeightPx, needs } = screen;
  const isLarge = width >= minWidthPx && height >= minHeightPx;
  const isReady = isLarge && needs.every((need) => found[need] !== undefined);
  const least = { width: minWidthPx, height: minHeightPx };

  const goOn = (mode: ReturnType<typeof clickMode>): void => {
    setIsAsking(!isReady);
    if (!isReady) return;
    report('device-checked', [`${width}x${height}`, ...needs.map((need) => `${need}: ${found[need]}`)].join(', '));
    void leave('response', mode);
  };

  return (
    <article className="sheet">
      <h1 dir="auto">{screen.title}</h1>
      <div className="prose">
        <Paragraphs text={screen.body} />
      </div>
      <div className="tutorial" role="status">
        <ol aria-label={t('device.list')}>
          <li className={isLarge ? 'is-done' : undefined}>
            {isLarge
              ? t('device.size', { width, height })
              : t('device.small', { ...least, hasWidth: width, hasHeight: height })}
          </li>
          {needs.map((need) => {
            const Trial = TRIALS[need];
            const onDone = (how: string): void => setFound((before) => ({ ...before, [need]: how }));
            return (
              <li key={need} className={found[need] === undefined ? undefined : 'is-done'}>
                <Trial isDone={found[need] !== undefined} onDone={onDone} />
              </li>
            );
          })}
        </ol>
      </div>
      <p className="problem" role="alert">
        {isAsking && !isReady && t('device.open')}
      </p>
      <div className="actions">
        <button type="button" className="is-primary" disabled={!isIdle} onClick={(event) => goOn(clickMode(event))}>
          {t('page.continue')}
        </button>
      </div>
    </article>
  );
}
