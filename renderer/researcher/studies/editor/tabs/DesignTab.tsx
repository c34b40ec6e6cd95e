/** The tab on randomisation: between-subject factors, how participants are assigned, and the order inside each block. */
import { useTranslation } from 'react-i18next';
import type { Design } from '../../../../../shared/study.ts';
import { ChoiceField, NumberField, TextField } from '../DraftFields.tsx';
import { withNode } from '../editStudy.ts';
import { useDraft } from '../useDraft.ts';

const ORDERS = ['fixed', 'shuffle', 'latin', 'williams'] as const;
const METHODS = ['least-filled', 'random'] as const;

/** Levels as one text, parted by commas. */
const levelsOf = (text: string): string[] =>
  text
    .split(',')
    .map((level) => level.trim())
    .filter((level) => level !== '');

function Factors({ design, set }: { readonly design: Design; readonly set: (design: Design) => void }) {
  const { t } = useTranslation('studies');
  const factors = design.factors ?? [];
  const change = (index: number, part: Partial<(typeof factors)[number]>): void =>
    set({ ...design, factors: factors.map((factor, i) => (i === index ? { ...factor, ...part } : factor)) });
  return (
    <>
      {factors.map(({ id, levels }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the id is edited in the row, so its place is its name
        <div key={i} className="row">
          <TextField
            label={t('design.factor')}
            path={`design.factors[${i}].id`}
            value={id}
            onChange={(name) => change(i, { id: name })}
          />
          <TextField
            key={levels.length}
            label={t('design.levels')}
            path={`design.factors[${i}].levels`}
            value={levels.join(', ')}
            onChange={(text) => change(i, { levels: levelsOf(text) })}
          />
          <button
            type="button"
            aria-label={t('design.removeFactor', { id })}
            onClick={() => set({ ...design, factors: factors.filter((_, j) => j !== i) })}
          >
            {t('remove')}
          </button>
        </div>
      ))}
      <p className="actions">
        <button
          type="button"
          onClick={() =>
            set({ ...design, factors: [...factors, { id: `factor-${factors.length + 1}`, levels: ['a', 'b'] }] })
          }
        >
          {t('design.addFactor')}
        </button>
      </p>
    </>
  );
}

export function DesignTab() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const design = study.design ?? {};
  const set = (next: Design): void => {
    const { factors = [], ...rest } = next;
    change(t('edit.design'), { ...study, design: factors.length > 0 ? next : rest });
  };
  const assignment = design.assignment ?? { method: 'least-filled' as const };
  return (
    <>
      <h2>{t('design.between')}</h2>
      <p className="facts">{t('design.note')}</p>
      <Factors design={design} set={set} />
      <ChoiceField
        label={t('design.method')}
        path="design.assignment.method"
        value={assignment.method}
        choices={METHODS.map((method) => [method, t(`design.${method}`)] as const)}
        onChange={(method) => set({ ...design, assignment: { ...assignment, method } })}
      />
      <NumberField
        label={t('design.reserve')}
        hint={t('design.reserveHint')}
        path="design.assignment.reserveMinutes"
        min={1}
        value={assignment.reserveMinutes ?? 60}
        onChange={(reserveMinutes) => set({ ...design, assignment: { ...assignment, reserveMinutes } })}
      />
      <h2>{t('design.within')}</h2>
      {study.timeline.map((node, i) =>
        node.kind === 'block' && typeof node.order === 'string' ? (
          <ChoiceField
            key={node.id}
            label={t('design.orderOf', { id: node.id })}
            path={`timeline[${i}].order`}
            value={node.order}
            choices={ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
            onChange={(order) => change(t('edit.order', { id: node.id }), withNode(study, i, { ...node, order }))}
          />
        ) : null,
      )}
    </>
  );
}
