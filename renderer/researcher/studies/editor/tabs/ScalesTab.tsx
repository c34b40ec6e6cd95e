/** The tab on scales: for each kind of query its end labels, what is counted, and the widget people answer with. */
import { useTranslation } from 'react-i18next';
import type { Scale } from '../../../../../shared/study.ts';
import type { Widget } from '../../../../../shared/widget.ts';
import { ChoiceField, TextField, TickField } from '../DraftFields.tsx';
import { withScale } from '../editStudy.ts';
import { useDraft } from '../useDraft.ts';

/** The widgets that answer on 0–100, as they begin. */
const WIDGETS = {
  'slider-number': { kind: 'slider-number' },
  slider: { kind: 'slider', showValue: 'after' },
  'multi-click': { kind: 'multi-click', count: 5 },
  roulette: { kind: 'roulette', bins: 10, chips: 20 },
  contest: { kind: 'contest' },
} as const satisfies Readonly<Record<string, Widget>>;
type LineWidget = keyof typeof WIDGETS;
const LINE_WIDGETS: readonly LineWidget[] = ['slider-number', 'slider', 'multi-click', 'roulette', 'contest'];
const isLine = (kind: string): kind is LineWidget => kind in WIDGETS;

function ScaleForm({ index, scale }: { readonly index: number; readonly scale: Scale }) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const path = `scales[${index}]`;
  const set = (part: Partial<Scale>): void =>
    change(t('edit.scale', { kind: scale.kind }), withScale(study, index, { ...scale, ...part }));
  const widget = scale.widget && isLine(scale.widget.kind) ? scale.widget.kind : 'slider-number';
  const offered = LINE_WIDGETS.filter((kind) => kind !== 'contest' || scale.kind === 'contest');
  return (
    <fieldset className="scale">
      <legend>{t(`kind.${scale.kind}`)}</legend>
      <TextField
        label={t('scales.low')}
        path={`${path}.lowLabel`}
        value={scale.lowLabel}
        onChange={(lowLabel) => set({ lowLabel })}
      />
      <TextField
        label={t('scales.high')}
        path={`${path}.highLabel`}
        value={scale.highLabel}
        onChange={(highLabel) => set({ highLabel })}
      />
      <TextField label={t('scales.unit')} path={`${path}.unit`} value={scale.unit} onChange={(unit) => set({ unit })} />
      <ChoiceField
        label={t('scales.widget')}
        path={`${path}.widget`}
        value={widget}
        choices={offered.map((kind) => [kind, t(`widget.${kind}`)] as const)}
        onChange={(kind) => set({ widget: WIDGETS[kind] })}
      />
      <TickField
        label={t('scales.confidence')}
        path={`${path}.asksConfidence`}
        value={scale.asksConfidence ?? false}
        onChange={(asksConfidence) => set({ asksConfidence })}
      />
    </fieldset>
  );
}

export function ScalesTab() {
  const { t } = useTranslation('studies');
  const { study } = useDraft();
  return (
    <>
      <p className="facts">{t('scales.note')}</p>
      {study.scales.map((scale, i) => (
        <ScaleForm key={scale.kind} index={i} scale={scale} />
      ))}
    </>
  );
}
