/** The command palette (Ctrl+K or ⌘K): every screen and every act by typing a part of its name. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SCREENS } from '../state/routeSlice.ts';
import { useResearcher } from '../state/store.ts';

type Command = { readonly title: string; readonly run: () => void };

/** What can be done from anywhere. */
function useCommands(): Command[] {
  const { t } = useTranslation('frame');
  const go = useResearcher((state) => state.go);
  const undo = useResearcher((state) => state.undo);
  const redo = useResearcher((state) => state.redo);
  const edits = useResearcher((state) => state.edits);
  return [
    ...SCREENS.map((screen) => ({ title: t('palette.go', { screen: t(`screen.${screen}`) }), run: () => go(screen) })),
    { title: t('palette.generate'), run: () => go('scenarios', 'new') },
    { title: t('palette.import'), run: () => go('scenarios', 'import') },
    { title: t('palette.build'), run: () => go('datasets', 'new') },
    { title: t('palette.train'), run: () => go('training', 'new') },
    { title: t('palette.evaluate'), run: () => go('evaluations', 'new') },
    { title: t('palette.study'), run: () => go('studies', 'new') },
    { title: t('palette.compare'), run: () => go('comparisons', 'new') },
    { title: t('palette.benchmark'), run: () => go('benchmarks', 'new') },
    ...(edits.undo === null ? [] : [{ title: t('palette.undo', { label: edits.undo }), run: () => void undo() }]),
    ...(edits.redo === null ? [] : [{ title: t('palette.redo', { label: edits.redo }), run: () => void redo() }]),
  ];
}

/** Moves the focus among the input and the commands below it. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  stops[(at + step + stops.length) % stops.length]?.focus();
}

function CommandList({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('frame');
  const [typed, setTyped] = useState('');
  const commands = useCommands().filter(({ title }) => title.toLowerCase().includes(typed.trim().toLowerCase()));
  const run = (command: Command | undefined): void => {
    if (!command) return;
    close();
    command.run();
  };
  return (
    <form
      onKeyDown={moveFocus}
      onSubmit={(event) => {
        event.preventDefault();
        run(commands[0]);
      }}
    >
      <input
        type="text"
        aria-label={t('palette.command')}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <ul>
        {commands.map((command) => (
          <li key={command.title}>
            <button type="button" onClick={() => run(command)}>
              {command.title}
            </button>
          </li>
        ))}
      </ul>
      {commands.length === 0 && <p className="facts">{t('palette.nothing')}</p>}
    </form>
  );
}

export function Palette() {
  const { t } = useTranslation('frame');
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="palette" aria-label={t('palette.title')} onClose={() => setOpen(false)}>
      {isOpen && <CommandList close={() => setOpen(false)} />}
    </dialog>
  );
}
