/** Freezing: what changes against the last version, the name of the new one, and the way to where it is used. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftComparison, OpenDraft } from '../../../../shared/draft.ts';
import { Field } from '../../../components/Field.tsx';
import { textOf } from '../../../components/formValues.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { LOADING, type Loadable } from '../../../state/loadable.ts';
import { useResearcher } from '../../../state/store.ts';

/** `1.0.0` is followed by `1.1.0`; another name by itself, to be changed by hand. */
export function nextVersion(version: string): string {
  const parts = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return parts ? `${parts[1]}.${Number(parts[2]) + 1}.0` : version;
}

function Changes({ comparison }: { readonly comparison: DraftComparison }) {
  const { t } = useTranslation('studies');
  const { against, changes } = comparison;
  if (against === null) return <p>{t('freeze.first')}</p>;
  if (changes.length === 0) return <p>{t('freeze.same', { version: against.version })}</p>;
  return (
    <>
      <p>{t('freeze.changes', { count: changes.length, version: against.version })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or the keyboard cannot scroll it */}
      <ul className="diff" tabIndex={0} aria-label={t('freeze.list')}>
        {changes.map(({ path, kind, before, after }) => (
          <li key={`${path} ${kind}`}>
            <p>
              <code>{path}</code> <span className="badge">{t(`change.${kind}`)}</span>
            </p>
            {before !== null && <del>{before}</del>}
            {after !== null && <ins>{after}</ins>}
          </li>
        ))}
      </ul>
    </>
  );
}

type FreezeProps = { readonly draft: OpenDraft; readonly onClose: () => void };

function FreezeForm({ draft, onClose }: FreezeProps) {
  const { t } = useTranslation('studies');
  const compareDraft = useResearcher((state) => state.compareDraft);
  const freezeDraft = useResearcher((state) => state.freezeDraft);
  const problem = useResearcher((state) => state.draftProblem);
  const go = useResearcher((state) => state.go);
  const [comparison, setComparison] = useState<Loadable<DraftComparison>>(LOADING);
  const load = (): void => void compareDraft().then(setComparison);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared once, when the dialog opens
  useEffect(load, []);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const versionId = await freezeDraft(textOf(new FormData(event.currentTarget), 'version'));
    if (versionId === null) return;
    onClose();
    go('studies', versionId);
  };
  const { version } = draft.study;
  return (
    <form onSubmit={submit}>
      <h2>{t('freeze.title', { title: draft.study.title })}</h2>
      <Loaded of={comparison} what={t('freeze.what')} onRetry={load}>
        {(value) => (
          <>
            <Changes comparison={value} />
            <Field label={t('overview.version')} hint={t('freeze.hint')}>
              {(control) => (
                <input
                  {...control}
                  name="version"
                  required
                  maxLength={40}
                  defaultValue={
                    value.against?.version === version && value.changes.length > 0 ? nextVersion(version) : version
                  }
                />
              )}
            </Field>
          </>
        )}
      </Loaded>
      {problem !== null && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      <p className="actions">
        <button type="submit" className="is-primary" disabled={comparison.status !== 'ready'}>
          {t('freeze.freeze')}
        </button>
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </p>
    </form>
  );
}

export function FreezeDialog(props: FreezeProps) {
  const { t } = useTranslation('studies');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="freeze" aria-label={t('freeze.freeze')} onClose={props.onClose}>
      <FreezeForm {...props} />
    </dialog>
  );
}
