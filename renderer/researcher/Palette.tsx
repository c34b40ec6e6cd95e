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
    { title: 'Generate scenarios', run: () => go('scenarios', 'new') },
    { title: 'Import scenarios', run: () => go('scenarios', 'import') },
    { title: 'Build a dataset', run: () => go('datasets', 'new') },
    { title: 'Train a transformer', run: () => go('training', 'new') },
    { title: 'Evaluate adapters', run: () => go('evaluations', 'new') },
    { title: 'Make a study', run: () => go('studies', 'new') },
    { title: 'Compare people with sources', run: () => go('comparisons', 'new') },
    { title: 'Run a benchmark', run: () => go('benchmarks', 'new') },
    ...(edits.undo === null ? [] : [{ title: `Undo: ${edits.undo}`, run: () => void undo() }]),
    ...(edits.redo === null ? [] : [{ title: `Redo: ${edits.redo}`, run: () => void redo() }]),
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
        aria-label="Command"
        placeholder="What do you want to do?"
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
      {commands.length === 0 && <p className="facts">Nothing of that name.</p>}
    </form>
  );
}

export function Palette() {
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
    <dialog ref={dialog} className="palette" aria-label="Command palette" onClose={() => setOpen(false)}>
      {isOpen && <CommandList close={() => setOpen(false)} />}
    </dialog>
  );
}
