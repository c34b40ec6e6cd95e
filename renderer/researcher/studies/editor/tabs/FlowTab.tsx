/** The tab on the flow: every node in order, adding, moving and removing them, and the form of the one that is chosen. */
import { useTranslation } from 'react-i18next';
import type { TimelineNode } from '../../../../../shared/timeline.ts';
import { ADDABLE, newNode, withNode, withNodeAfter, withNodeMoved, withoutNode } from '../editStudy.ts';
import { useDraft } from '../useDraft.ts';
import { NodeForm } from './NodeForm.tsx';

type FlowTabProps = {
  /** The place of the node whose form is shown. */
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  /** Shows the preview from a node on. */
  readonly onRunFrom: (nodeId: string) => void;
};

const nameOf = (node: TimelineNode): string => ('title' in node && node.title) || node.id;

function NodeList({ chosen, onChoose }: Pick<FlowTabProps, 'chosen' | 'onChoose'>) {
  const { t } = useTranslation('studies');
  const { study, faultAt } = useDraft();
  return (
    <ol className="flow" aria-label={t('flow.list')}>
      {study.timeline.map((node, i) => (
        <li key={node.id}>
          <button
            type="button"
            className="entry"
            data-path={`timeline[${i}]`}
            aria-current={chosen === i ? 'true' : undefined}
            onClick={() => onChoose(i)}
          >
            <span className="entry-title">{nameOf(node)}</span>
            <span className="facts">
              {t(`node.kind.${node.kind}`)}
              {node.when && ` · ${node.when.factor}: ${node.when.levels.join(', ')}`}
              {faultAt(`timeline[${i}]`) !== undefined && ` · ${faultAt(`timeline[${i}]`)}`}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function AddNode({ after, onAdded }: { readonly after: number; readonly onAdded: (index: number) => void }) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const add = (name: string): void => {
    const kind = ADDABLE.find((known) => known === name);
    if (!kind) return;
    const heading = { title: t(`node.kind.${kind}`), body: t('node.newBody') };
    change(
      t('edit.addNode', { kind: t(`node.kind.${kind}`) }),
      withNodeAfter(study, after, newNode(study, kind, heading)),
    );
    onAdded(after + 1);
  };
  return (
    <select aria-label={t('flow.add')} value="" onChange={({ target }) => add(target.value)}>
      <option value="">{t('flow.add')}</option>
      {ADDABLE.map((kind) => (
        <option key={kind} value={kind}>
          {t(`node.kind.${kind}`)}
        </option>
      ))}
    </select>
  );
}

/** Moving, removing and running what is chosen. */
function NodeActs({ chosen, onChoose, onRunFrom }: FlowTabProps) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const node = study.timeline[chosen];
  const move = (by: -1 | 1): void => {
    change(t('edit.moveNode', { id: node.id }), withNodeMoved(study, chosen, by));
    onChoose(chosen + by);
  };
  return (
    <p className="actions">
      <button type="button" onClick={() => onRunFrom(node.id)}>
        {t('flow.runFrom')}
      </button>
      <button type="button" disabled={chosen === 0} onClick={() => move(-1)}>
        {t('flow.up')}
      </button>
      <button type="button" disabled={chosen === study.timeline.length - 1} onClick={() => move(1)}>
        {t('flow.down')}
      </button>
      <button
        type="button"
        disabled={study.timeline.length === 1}
        onClick={() => {
          change(t('edit.removeNode', { id: node.id }), withoutNode(study, chosen));
          onChoose(Math.max(0, chosen - 1));
        }}
      >
        {t('remove')}
      </button>
    </p>
  );
}

export function FlowTab(props: FlowTabProps) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const chosen = Math.min(props.chosen, study.timeline.length - 1);
  const node = study.timeline[chosen];
  return (
    <div className="flow-tab">
      <div>
        <NodeList chosen={chosen} onChoose={props.onChoose} />
        <AddNode after={chosen} onAdded={props.onChoose} />
      </div>
      <section key={node.id} className="node-form" aria-label={nameOf(node)}>
        <h2>
          {t(`node.kind.${node.kind}`)} <code>{node.id}</code>
        </h2>
        <NodeActs {...props} chosen={chosen} />
        <NodeForm
          node={node}
          path={`timeline[${chosen}]`}
          onChange={(next) => change(t('edit.node', { id: node.id }), withNode(study, chosen, next))}
        />
      </section>
    </div>
  );
}
