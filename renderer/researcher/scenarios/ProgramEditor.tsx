/**
 * The program editor: CodeMirror inside a shadow root, where its styles are adopted sheets, which the page's content policy allows.
 * Tab leaves the editor, so that the keyboard is never caught in it.
 */
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgramFault } from '../../../shared/programCheck.ts';

type ProgramEditorProps = {
  /** The text at first; later changes come from the editor itself. */
  readonly text: string;
  readonly faults: readonly ProgramFault[];
  readonly onChange: (text: string) => void;
};

const theme = EditorView.theme({
  '&': { fontSize: '13.5px', color: 'var(--ink)', backgroundColor: 'var(--surface)' },
  '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused': { outline: '3px solid var(--accent)' },
});

/** The page's own colours, so that light and dark follow it. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--code-word)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.variableName), tags.propertyName], color: 'var(--accent)' },
]);

function diagnosticsOf(view: EditorView, faults: readonly ProgramFault[]): Diagnostic[] {
  const { doc } = view.state;
  return faults.flatMap(({ severity, message, hint, line, column }) => {
    if (line === null) return [];
    const place = doc.line(Math.min(Math.max(1, line), doc.lines));
    const from = Math.min(place.from + Math.max(0, (column ?? 1) - 1), place.to);
    const to = view.state.wordAt(from)?.to ?? Math.min(from + 1, place.to);
    return [{ from, to, severity, message: hint === null ? message : `${message} ${hint}` }];
  });
}

export function ProgramEditor({ text, faults, onChange }: ProgramEditorProps) {
  const { t } = useTranslation('program');
  const label = t('program');
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const report = useRef(onChange);
  report.current = onChange;
  const initial = useRef(text);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: initial.current,
        extensions: [
          basicSetup,
          javascript(),
          EditorView.lineWrapping,
          theme,
          syntaxHighlighting(colours),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) report.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      // Another language makes the editor anew: what was typed stays.
      initial.current = editor.state.doc.toString();
      editor.destroy();
    };
  }, [label]);
  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor, faults)));
  }, [faults]);
  return <div className="editor" ref={frame} />;
}
