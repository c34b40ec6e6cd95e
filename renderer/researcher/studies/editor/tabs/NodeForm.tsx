/** The form of one node of the flow: its texts, and the policies of its kind. */
import { useTranslation } from 'react-i18next';
import type { NodeOf, Outcome, TimelineNode } from '../../../../../shared/timeline.ts';
import { ChoiceField, NumberField, TextField, TickField, TickList } from '../DraftFields.tsx';
import { useDraft } from '../useDraft.ts';
import { BlockForm } from './BlockForm.tsx';
import { CheckForm, QuestionnaireForm } from './QuestionForms.tsx';

/** The endings, in the order of `shared/timeline.ts`, whose list pages must not load. */
const OUTCOMES = [
  'completed',
  'declined',
  'screened-out',
  'failed-comprehension',
  'timed-out',
  'stopped',
  'withdrawn',
  'aborted',
] as const satisfies readonly Outcome[];

type FormProps<N extends TimelineNode> = {
  readonly node: N;
  readonly path: string;
  readonly onChange: (node: TimelineNode) => void;
};

/** Title and body, where the kind has them. */
function HeadingForm({ node, path, onChange }: FormProps<TimelineNode>) {
  const { t } = useTranslation('studies');
  if (node.kind === 'block' || node.kind === 'group') return null;
  return (
    <>
      <TextField
        label={t('node.title')}
        path={`${path}.title`}
        value={node.title ?? ''}
        onChange={(title) => onChange({ ...node, title })}
      />
      <TextField
        label={t('node.body')}
        hint={t('node.bodyHint')}
        path={`${path}.body`}
        rows={6}
        value={node.body ?? ''}
        onChange={(body) => onChange(body === '' && isBodyOptional(node) ? withoutBody(node) : { ...node, body })}
      />
    </>
  );
}

const isBodyOptional = ({ kind }: TimelineNode): boolean =>
  kind === 'attention' || kind === 'practice' || kind === 'questionnaire';
const withoutBody = <N extends TimelineNode>(node: N): N => {
  const copy = { ...node };
  Reflect.deleteProperty(copy, 'body');
  return copy;
};

/** Who sees the node: everybody, or some levels of a factor. */
function WhenForm({ node, path, onChange }: FormProps<TimelineNode>) {
  const { t } = useTranslation('studies');
  const factors = useDraft().study.design?.factors ?? [];
  const { when, ...rest } = node;
  if (factors.length === 0 && when === undefined) return null;
  const levels = factors.find(({ id }) => id === when?.factor)?.levels ?? [];
  return (
    <>
      <ChoiceField
        label={t('node.when')}
        path={`${path}.when.factor`}
        value={when?.factor ?? ''}
        choices={[['', t('node.everybody')], ...factors.map(({ id }) => [id, id] as const)]}
        onChange={(factor) => {
          const chosen = factors.find(({ id }) => id === factor);
          onChange(chosen ? { ...node, when: { factor, levels: chosen.levels.slice(0, 1) } } : { ...rest });
        }}
      />
      {when && (
        <TickList
          legend={t('node.levels')}
          path={`${path}.when.levels`}
          choices={levels.map((level) => [level, level] as const)}
          chosen={when.levels}
          onChange={(chosen) => onChange({ ...node, when: { ...when, levels: chosen } })}
        />
      )}
    </>
  );
}

function ConsentForm({ node, path, onChange }: FormProps<NodeOf<'consent'>>) {
  const { t } = useTranslation('studies');
  const boxes = node.boxes ?? [];
  const set = (index: number, part: Partial<(typeof boxes)[number]>): void =>
    onChange({ ...node, boxes: boxes.map((box, i) => (i === index ? { ...box, ...part } : box)) });
  return (
    <>
      <TextField
        label={t('node.consentVersion')}
        path={`${path}.version`}
        value={node.version}
        onChange={(version) => onChange({ ...node, version })}
      />
      {boxes.map((box, i) => (
        <fieldset key={box.id}>
          <legend>{t('node.box', { number: i + 1 })}</legend>
          <TextField
            label={t('node.text')}
            path={`${path}.boxes[${i}].text`}
            value={box.text}
            onChange={(text) => set(i, { text })}
          />
          <TickField
            label={t('node.isRequired')}
            path={`${path}.boxes[${i}].isRequired`}
            value={box.isRequired}
            onChange={(isRequired) => set(i, { isRequired })}
          />
          <button type="button" onClick={() => onChange({ ...node, boxes: boxes.filter((_, j) => j !== i) })}>
            {t('remove')}
          </button>
        </fieldset>
      ))}
      <p className="actions">
        <button
          type="button"
          onClick={() =>
            onChange({ ...node, boxes: [...boxes, { id: `box-${boxes.length + 1}`, text: '', isRequired: false }] })
          }
        >
          {t('node.addBox')}
        </button>
      </p>
    </>
  );
}

function GroupForm({ node, path, onChange }: FormProps<NodeOf<'group'>>) {
  const { t } = useTranslation('studies');
  const { study } = useDraft();
  const orders = (['fixed', 'shuffle', 'latin', 'williams'] as const).map(
    (order) => [order, t(`order.${order}`)] as const,
  );
  return (
    <>
      <TickList
        legend={t('node.grouped')}
        path={`${path}.nodeIds`}
        choices={study.timeline.filter(({ id }) => id !== node.id).map(({ id }) => [id, id] as const)}
        chosen={node.nodeIds}
        onChange={(nodeIds) => onChange({ ...node, nodeIds })}
      />
      <ChoiceField
        label={t('node.order')}
        path={`${path}.order`}
        value={node.order}
        choices={orders}
        onChange={(order) => onChange({ ...node, order })}
      />
    </>
  );
}

/** What only nodes of this kind have. */
function KindForm({ node, path, onChange }: FormProps<TimelineNode>) {
  const { t } = useTranslation('studies');
  switch (node.kind) {
    case 'consent':
      return <ConsentForm node={node} path={path} onChange={onChange} />;
    case 'instructions':
    case 'break':
      return (
        <NumberField
          label={t('node.minSeconds')}
          path={`${path}.minSeconds`}
          min={0}
          value={node.minSeconds ?? 0}
          onChange={(minSeconds = 0) => onChange({ ...node, minSeconds })}
        />
      );
    case 'tutorial':
    case 'comprehension':
    case 'attention':
      return <CheckForm node={node} path={path} onChange={onChange} />;
    case 'questionnaire':
      return <QuestionnaireForm node={node} path={path} onChange={onChange} />;
    case 'block':
      return <BlockForm node={node} path={path} onChange={onChange} />;
    case 'group':
      return <GroupForm node={node} path={path} onChange={onChange} />;
    case 'data-choice':
      return (
        <NumberField
          label={t('node.withdrawalDays')}
          path={`${path}.withdrawalDays`}
          min={0}
          value={node.withdrawalDays}
          onChange={(withdrawalDays = 0) => onChange({ ...node, withdrawalDays })}
        />
      );
    case 'end':
      return (
        <ChoiceField
          label={t('node.outcome')}
          path={`${path}.outcome`}
          value={node.outcome ?? 'completed'}
          choices={OUTCOMES.map((outcome) => [outcome, t(`outcome.${outcome}`)] as const)}
          onChange={(outcome) => onChange({ ...node, outcome })}
        />
      );
    default:
      return null;
  }
}

export const NodeForm = (props: FormProps<TimelineNode>) => (
  <>
    <HeadingForm {...props} />
    <KindForm {...props} />
    <WhenForm {...props} />
  </>
);
