/** Which language model writes, and what it may cost. */
import { useTranslation } from 'react-i18next';
import type { KeyProvider } from '../../../shared/keys.ts';
import { Field } from '../../components/Field.tsx';
import { choiceOf, numberOf, textOf } from '../../components/formValues.ts';

// The schema's own list would bring the schema library into the page, which its content policy refuses.
const PROTOCOLS = ['openai-compatible', 'google', 'anthropic'] as const satisfies readonly KeyProvider[];

/** Name, service and limits as the form gives them; a field left empty is not there. */
export function languageOf(form: FormData) {
  const address = textOf(form, 'address');
  const [input, output] = [numberOf(form, 'priceInput', Number.NaN), numberOf(form, 'priceOutput', Number.NaN)];
  const maxCost = numberOf(form, 'maxCost', Number.NaN);
  return {
    name: textOf(form, 'name'),
    hasPrograms: form.get('programs') === 'on',
    service: {
      protocol: choiceOf(form, 'protocol', PROTOCOLS),
      languageModel: textOf(form, 'languageModel'),
      ...(address === '' ? {} : { baseUrl: address }),
      ...(Number.isNaN(input) || Number.isNaN(output) ? {} : { prices: { input, output } }),
    },
    ...(Number.isNaN(maxCost) ? {} : { maxCost }),
  };
}

type DollarProps = { readonly label: string; readonly hint?: string; readonly name: string };

const Dollars = ({ label, hint, name }: DollarProps) => (
  <Field label={label} hint={hint}>
    {(control) => <input {...control} name={name} type="number" min={0} step="any" />}
  </Field>
);

export function LanguageFields() {
  const { t } = useTranslation('scenarios');
  return (
    <>
      <Field label={t('make.name')} hint={t('make.nameHint')}>
        {(control) => (
          <input {...control} name="name" required pattern="[a-z0-9][a-z0-9\-]{0,59}" defaultValue="written-1" />
        )}
      </Field>
      <Field label={t('make.service')}>
        {(control) => (
          <select {...control} name="protocol">
            {PROTOCOLS.map((protocol) => (
              <option key={protocol}>{protocol}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('make.model')} hint={t('make.modelHint')}>
        {(control) => <input {...control} name="languageModel" required maxLength={200} autoComplete="off" />}
      </Field>
      <Field label={t('make.address')} hint={t('make.addressHint')}>
        {(control) => <input {...control} name="address" type="url" maxLength={400} autoComplete="off" />}
      </Field>
      <Dollars label={t('make.priceInput')} name="priceInput" />
      <Dollars label={t('make.priceOutput')} name="priceOutput" />
      <Dollars label={t('make.maxCost')} hint={t('make.maxCostHint')} name="maxCost" />
      <label>
        <input type="checkbox" name="programs" defaultChecked /> {t('make.programs')}
      </label>
    </>
  );
}
