/** The form of a block: its scenarios, their order, the layout of their queries, times, and what comes between them. */
import { useTranslation } from 'react-i18next';
import type { NodeOf } from '../../../../../shared/timeline.ts';
import { ChoiceField, NumberField, TickList } from '../DraftFields.tsx';
import { useDraft } from '../useDraft.ts';

type Block = NodeOf<'block'>;
type BlockFormProps = { readonly node: Block; readonly path: string; readonly onChange: (node: Block) => void };

const ORDERS = ['fixed', 'shuffle', 'latin', 'williams'] as const;
const QUERY_ORDERS = ['fixed', 'shuffle'] as const;
const LAYOUTS = ['together', 'one-by-one', 'memory'] as const;
const BACK = ['none', 'review', 'edit'] as const;
const RESUME = ['resume', 'checkpoint', 'restart', 'block'] as const;
const INTERRUPTING: ReadonlySet<string> = new Set(['break', 'attention', 'questionnaire', 'instructions']);

/** The node without the fields that are undefined, so that an emptied field is an absent one. */
const tidy = (node: Block): Block =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined)) as Block;

function Policies({ node, path, onChange }: BlockFormProps) {
  const { t } = useTranslation('studies');
  return (
    <div className="grid">
      {typeof node.order === 'string' && (
        <ChoiceField
          label={t('node.order')}
          path={`${path}.order`}
          value={node.order}
          choices={ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
          onChange={(order) => onChange({ ...node, order })}
        />
      )}
      <ChoiceField
        label={t('node.queryOrder')}
        path={`${path}.queryOrder`}
        value={node.queryOrder ?? 'fixed'}
        choices={QUERY_ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
        onChange={(queryOrder) => onChange({ ...node, queryOrder })}
      />
      <ChoiceField
        label={t('node.layout')}
        path={`${path}.layout`}
        value={node.layout ?? 'together'}
        choices={LAYOUTS.map((layout) => [layout, t(`layout.${layout}`)] as const)}
        onChange={(layout) => onChange({ ...node, layout })}
      />
      <ChoiceField
        label={t('node.back')}
        path={`${path}.back`}
        value={node.back ?? 'none'}
        choices={BACK.map((back) => [back, t(`back.${back}`)] as const)}
        onChange={(back) => onChange({ ...node, back })}
      />
      <ChoiceField
        label={t('node.resume')}
        path={`${path}.resume`}
        value={node.resume ?? 'resume'}
        choices={RESUME.map((resume) => [resume, t(`resume.${resume}`)] as const)}
        onChange={(resume) => onChange({ ...node, resume })}
      />
      <NumberField
        label={t('node.sample')}
        hint={t('node.sampleHint')}
        path={`${path}.sample`}
        min={1}
        value={node.sample}
        onChange={(sample) => onChange(tidy({ ...node, sample }))}
      />
      <NumberField
        label={t('node.minSeconds')}
        path={`${path}.minSeconds`}
        min={0}
        value={node.minSeconds}
        onChange={(minSeconds) => onChange(tidy({ ...node, minSeconds }))}
      />
      <NumberField
        label={t('node.maxSeconds')}
        path={`${path}.maxSeconds`}
        min={1}
        value={node.maxSeconds}
        onChange={(maxSeconds) => onChange(tidy({ ...node, maxSeconds }))}
      />
    </div>
  );
}

export function BlockForm({ node, path, onChange }: BlockFormProps) {
  const { t } = useTranslation('studies');
  const { study } = useDraft();
  const between = study.timeline.filter(({ kind }) => INTERRUPTING.has(kind));
  const interruptions = node.interruptions ?? [];
  return (
    <>
      <Policies node={node} path={path} onChange={onChange} />
      <TickList
        legend={t('node.scenarios')}
        path={`${path}.scenarioIds`}
        choices={study.scenarios.map(({ id }) => [id, id] as const)}
        chosen={node.scenarioIds}
        onChange={(scenarioIds) => onChange({ ...node, scenarioIds })}
      />
      {between.length > 0 && (
        <TickList
          legend={t('node.interruptions')}
          path={`${path}.interruptions`}
          choices={between.map(({ id }) => [id, id] as const)}
          chosen={interruptions.map(({ nodeId }) => nodeId)}
          onChange={(chosen) =>
            onChange(
              tidy({
                ...node,
                interruptions:
                  chosen.length === 0
                    ? undefined
                    : chosen.map((nodeId) => interruptions.find((one) => one.nodeId === nodeId) ?? { nodeId }),
              }),
            )
          }
        />
      )}
    </>
  );
}
