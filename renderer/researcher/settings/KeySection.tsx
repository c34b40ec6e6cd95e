/** Keys of language services: typed once, then shown by their last four characters only. */
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyProvider, Keys } from '../../../shared/keys.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useResearcher } from '../../state/store.ts';

// The schema's own list would bring the schema library into the page, which its content policy refuses.
const PROVIDERS = ['openai-compatible', 'google', 'anthropic'] as const satisfies readonly KeyProvider[];

const NAMES: Readonly<Record<KeyProvider, string>> = {
  'openai-compatible': 'OpenAI-compatible',
  google: 'Google',
  anthropic: 'Anthropic',
};

function KeyForm({ provider, lastFour }: { readonly provider: KeyProvider; readonly lastFour: string | undefined }) {
  const { t } = useTranslation('settings');
  const service = NAMES[provider];
  const setKey = useResearcher((state) => state.setKey);
  const removeKey = useResearcher((state) => state.removeKey);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const key = textOf(new FormData(form), 'key');
    // The field is emptied at once: the page keeps nothing of the key.
    form.reset();
    if (key !== '') void setKey(provider, key);
  };
  return (
    <form className="key" onSubmit={submit}>
      <Field label={t('keys.of', { service })} hint={lastFour ? t('keys.kept', { lastFour }) : t('keys.noneKept')}>
        {(control) => (
          <input {...control} name="key" type="password" required minLength={8} maxLength={400} autoComplete="off" />
        )}
      </Field>
      <button type="submit">{lastFour ? t('keys.replace') : t('keys.keep')}</button>
      {lastFour && (
        <button type="button" onClick={() => void removeKey(provider)} aria-label={t('keys.forgetOf', { service })}>
          {t('keys.forget')}
        </button>
      )}
    </form>
  );
}

function KeyForms({ keys: { isPersistent, notice, keys } }: { readonly keys: Keys }) {
  const { t } = useTranslation('settings');
  return (
    <>
      <p>
        {isPersistent && `${t('keys.sealed')} `}
        {t('keys.sent')}
      </p>
      {notice !== null && (
        <p role="status" className="notice">
          {notice}
        </p>
      )}
      {PROVIDERS.map((provider) => (
        <KeyForm
          key={provider}
          provider={provider}
          lastFour={keys.find((kept) => kept.provider === provider)?.lastFour}
        />
      ))}
    </>
  );
}

export function KeySection() {
  const { t } = useTranslation('settings');
  const keys = useResearcher((state) => state.keys);
  const loadSettings = useResearcher((state) => state.loadSettings);
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">{t('keys.title')}</h2>
      <Loaded of={keys} what={t('keys.what')} onRetry={loadSettings}>
        {(value) => <KeyForms keys={value} />}
      </Loaded>
    </section>
  );
}
