/** The editor of a draft: its bar, the linter, tabs, and the participant's screens beside them. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftFault, OpenDraft } from '../../../../shared/draft.ts';
import { routeHash } from '../../../state/routeSlice.ts';
import { useResearcher } from '../../../state/store.ts';
import { FaultBar } from './FaultBar.tsx';
import { FreezeDialog } from './FreezeDialog.tsx';
import { EDITOR_TABS, type EditorTab, type FaultPlace, fieldPath, nearestField, placeOf } from './faultPlace.ts';
import { LivePreview } from './LivePreview.tsx';
import { DataTab } from './tabs/DataTab.tsx';
import { DesignTab } from './tabs/DesignTab.tsx';
import { FlowTab } from './tabs/FlowTab.tsx';
import { LanguagesTab } from './tabs/LanguagesTab.tsx';
import { OverviewTab } from './tabs/OverviewTab.tsx';
import { ScalesTab } from './tabs/ScalesTab.tsx';
import { ScenariosTab } from './tabs/ScenariosTab.tsx';
import { DraftContext } from './useDraft.ts';

function EditorBar({ draft, onFreeze }: { readonly draft: OpenDraft; readonly onFreeze: () => void }) {
  const { t } = useTranslation('studies');
  const saving = useResearcher((state) => state.draftSaving);
  const problem = useResearcher((state) => state.draftProblem);
  const undo = useResearcher((state) => state.undoDraft);
  const redo = useResearcher((state) => state.redoDraft);
  const { edits, faults, study } = draft;
  return (
    <header className="editor-bar">
      <div>
        <a href={routeHash({ screen: 'studies', item: null })}>{t('editor.all')}</a>
        <h1>{study.title || t('editor.untitled')}</h1>
        <p className="facts" role="status">
          {t(`saving.${saving}`)}
        </p>
        {problem !== null && (
          <p role="alert" className="is-failed">
            {problem}
          </p>
        )}
      </div>
      <p className="actions">
        <button
          type="button"
          disabled={edits.undo === null}
          title={edits.undo ?? undefined}
          onClick={() => void undo()}
        >
          {t('editor.undo')}
        </button>
        <button
          type="button"
          disabled={edits.redo === null}
          title={edits.redo ?? undefined}
          onClick={() => void redo()}
        >
          {t('editor.redo')}
        </button>
        <button type="button" className="is-primary" disabled={faults.length > 0} onClick={onFreeze}>
          {t('editor.freeze')}
        </button>
      </p>
    </header>
  );
}

type TabsProps = { readonly tab: EditorTab; readonly onChange: (tab: EditorTab) => void };

/** The tabs, walked with the arrow keys. */
function Tabs({ tab, onChange }: TabsProps) {
  const { t } = useTranslation('studies');
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const to = (EDITOR_TABS.indexOf(tab) + step + EDITOR_TABS.length) % EDITOR_TABS.length;
    onChange(EDITOR_TABS[to]);
    list.current?.querySelectorAll<HTMLElement>('button')[to]?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={t('editor.tabs')} ref={list} onKeyDown={walk}>
      {EDITOR_TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === tab}
          aria-controls="tab-panel"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onChange(name)}
        >
          {t(`tab.${name}`)}
        </button>
      ))}
    </div>
  );
}

/** Puts the focus into the field nearest to a fault, once its tab is drawn. */
function useGoTo(fault: DraftFault | null): void {
  useEffect(() => {
    if (!fault) return;
    const frame = requestAnimationFrame(() => {
      const fields = [...document.querySelectorAll<HTMLElement>('#tab-panel [data-path]')];
      const nearest = nearestField(
        fields.map(({ dataset }) => dataset.path ?? ''),
        fieldPath(fault),
      );
      const field = fields.find(({ dataset }) => dataset.path === nearest);
      field?.focus();
      field?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [fault]);
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) take edits of the study back wherever the focus is, for fields show the study. */
function useUndoKeys(): void {
  const undo = useResearcher((state) => state.undoDraft);
  const redo = useResearcher((state) => state.redoDraft);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      const isOurs = (event.ctrlKey || event.metaKey) && !document.querySelector('dialog[open]');
      if (!isOurs || (key !== 'z' && key !== 'y')) return;
      event.preventDefault();
      void (key === 'y' || event.shiftKey ? redo() : undo());
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}

export function StudyEditor({ draft }: { readonly draft: OpenDraft }) {
  const [place, setPlace] = useState<FaultPlace>({ tab: 'overview' });
  const [wanted, setWanted] = useState<DraftFault | null>(null);
  const [startNodeId, setStartNodeId] = useState<string>();
  const [isFreezing, setFreezing] = useState(false);
  useGoTo(wanted);
  useUndoKeys();
  const chosen = place.node ?? 0;
  const choose = (node: number): void => {
    setPlace({ tab: 'flow', node });
    setStartNodeId(draft.study.timeline[node]?.id);
  };
  const goTo = (fault: DraftFault): void => {
    setPlace(placeOf(fault));
    setWanted({ ...fault });
  };
  const content = {
    overview: <OverviewTab />,
    scenarios: <ScenariosTab place={place} />,
    scales: <ScalesTab />,
    design: <DesignTab />,
    flow: <FlowTab chosen={chosen} onChoose={choose} onRunFrom={setStartNodeId} />,
    languages: <LanguagesTab place={place} />,
    data: <DataTab />,
  } satisfies Record<EditorTab, unknown>;
  return (
    <DraftContext value={draft}>
      <div className="study-editor">
        <EditorBar draft={draft} onFreeze={() => setFreezing(true)} />
        <div className="editor-form">
          <FaultBar draft={draft} onGoTo={goTo} />
          <Tabs tab={place.tab} onChange={(tab) => setPlace({ tab, node: place.node })} />
          <div id="tab-panel" className="tab-panel" role="tabpanel" aria-labelledby={`tab-${place.tab}`}>
            {content[place.tab]}
          </div>
        </div>
        <LivePreview draft={draft} startNodeId={startNodeId} />
        {isFreezing && <FreezeDialog draft={draft} onClose={() => setFreezing(false)} />}
      </div>
    </DraftContext>
  );
}
