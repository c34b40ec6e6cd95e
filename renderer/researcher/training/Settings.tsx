/** The settings of a training. */
import { useTranslation } from 'react-i18next';
import { Field } from '../../components/Field.tsx';
import { BACKENDS, SCHEDULES, TARGETS, WEIGHTS } from './trainingConfig.ts';

const NUMBERS = '\\s*[0-9.eE\\-]+(\\s*,\\s*[0-9.eE\\-]+)*\\s*';
const WHOLE_NUMBERS = '\\s*[0-9]+(\\s*,\\s*[0-9]+)*\\s*';

type ChoiceProps = {
  readonly label: string;
  readonly hint?: string;
  readonly name: string;
  readonly of: readonly string[];
};

const Choice = ({ label, hint, name, of }: ChoiceProps) => (
  <Field label={label} hint={hint}>
    {(control) => (
      <select {...control} name={name}>
        {of.map((value) => (
          <option key={value}>{value}</option>
        ))}
      </select>
    )}
  </Field>
);

type CountProps = {
  readonly label: string;
  readonly hint?: string;
  readonly name: string;
  readonly most: number;
  readonly usual: number;
};

const Count = ({ label, hint, name, most, usual }: CountProps) => (
  <Field label={label} hint={hint}>
    {(control) => <input {...control} name={name} type="number" min={1} max={most} defaultValue={usual} />}
  </Field>
);

export function Settings() {
  const { t } = useTranslation('training');
  return (
    <>
      <Choice label={t('form.target')} hint={t('form.targetHint')} name="target" of={TARGETS} />
      <Field label={t('form.rates')} hint={t('form.ratesHint')}>
        {(control) => <input {...control} name="rates" pattern={NUMBERS} defaultValue="5e-4" />}
      </Field>
      <Field label={t('form.seeds')} hint={t('form.seedsHint')}>
        {(control) => <input {...control} name="seeds" pattern={WHOLE_NUMBERS} defaultValue="1" />}
      </Field>
      <Count label={t('form.rank')} hint={t('form.rankHint')} name="rank" most={256} usual={8} />
      <Count label={t('form.batch')} hint={t('form.batchHint')} name="batch" most={256} usual={4} />
      <Count label={t('form.epochBatches')} name="epochBatches" most={10_000} usual={200} />
      <Count label={t('form.epochs')} name="epochs" most={500} usual={10} />
      <Count label={t('form.patience')} hint={t('form.patienceHint')} name="patience" most={500} usual={5} />
      <Choice label={t('form.schedule')} name="schedule" of={SCHEDULES} />
      <Choice label={t('form.device')} name="backend" of={BACKENDS} />
      <Choice label={t('form.weights')} hint={t('form.weightsHint')} name="weights" of={WEIGHTS} />
      <label>
        <input type="checkbox" name="checkpointing" /> {t('form.checkpointing')}
      </label>
    </>
  );
}
