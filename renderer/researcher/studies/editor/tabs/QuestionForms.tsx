/** The forms of what nodes ask: a tutorial's question, checks with one right answer, and the questions of a questionnaire. */
import { useTranslation } from 'react-i18next';
import type { NodeOf } from '../../../../../shared/timeline.ts';
import type { Widget } from '../../../../../shared/widget.ts';
import { ChoiceField, NumberField, TextField } from '../DraftFields.tsx';
import { newCheckQuestion, newQuestion } from '../editStudy.ts';
import { useDraft } from '../useDraft.ts';

type CheckQuestion = NodeOf<'attention'>['question'];
type Question = NodeOf<'questionnaire'>['questions'][number];
type QuestionProps<Q> = { readonly question: Q; readonly path: string; readonly onChange: (question: Q) => void };

type Option = CheckQuestion['options'][number];

/** Options as lines; each keeps the id of its line. */
function optionsOf(text: string, before: readonly Option[]): Option[] {
  return text.split('\n').map((label, i) => ({ id: before[i]?.id ?? `option-${i + 1}`, label }));
}

function CheckQuestionForm({ question, path, onChange }: QuestionProps<CheckQuestion>) {
  const { t } = useTranslation('studies');
  const { options } = question;
  return (
    <fieldset>
      <legend>{question.id}</legend>
      <TextField
        label={t('question.text')}
        path={`${path}.text`}
        rows={2}
        value={question.text}
        onChange={(text) => onChange({ ...question, text })}
      />
      <TextField
        label={t('question.options')}
        hint={t('question.optionsHint')}
        path={`${path}.options`}
        rows={options.length + 1}
        value={options.map(({ label }) => label).join('\n')}
        onChange={(text) => onChange({ ...question, options: optionsOf(text, options) })}
      />
      <ChoiceField
        label={t('question.correct')}
        path={`${path}.correct`}
        value={question.correct}
        choices={options.map(({ id, label }) => [id, label] as const)}
        onChange={(correct) => onChange({ ...question, correct })}
      />
    </fieldset>
  );
}

type CheckNode = NodeOf<'tutorial'> | NodeOf<'comprehension'> | NodeOf<'attention'>;
type CheckFormProps = { readonly node: CheckNode; readonly path: string; readonly onChange: (node: CheckNode) => void };

function ComprehensionForm({ node, path, onChange }: CheckFormProps & { readonly node: NodeOf<'comprehension'> }) {
  const { t } = useTranslation('studies');
  const { study } = useDraft();
  const { questions, returnTo, ...rest } = node;
  const at = study.timeline.findIndex(({ id }) => id === node.id);
  return (
    <>
      {questions.map((question, i) => (
        <CheckQuestionForm
          key={question.id}
          question={question}
          path={`${path}.questions[${i}]`}
          onChange={(next) => onChange({ ...node, questions: questions.map((one, j) => (j === i ? next : one)) })}
        />
      ))}
      <p className="actions">
        <button
          type="button"
          onClick={() =>
            onChange({
              ...node,
              questions: [...questions, newCheckQuestion(`q${questions.length + 1}`, t('question.new'))],
            })
          }
        >
          {t('question.add')}
        </button>
        <button
          type="button"
          disabled={questions.length === 1}
          onClick={() => onChange({ ...node, questions: questions.slice(0, -1) })}
        >
          {t('question.removeLast')}
        </button>
      </p>
      <NumberField
        label={t('node.maxAttempts')}
        path={`${path}.maxAttempts`}
        min={1}
        max={20}
        value={node.maxAttempts}
        onChange={(maxAttempts = 1) => onChange({ ...node, maxAttempts })}
      />
      <ChoiceField
        label={t('node.returnTo')}
        path={`${path}.returnTo`}
        value={returnTo ?? ''}
        choices={[['', t('node.same')], ...study.timeline.slice(0, at).map(({ id }) => [id, id] as const)]}
        onChange={(id) => onChange(id === '' ? { ...rest, questions } : { ...node, returnTo: id })}
      />
      <ChoiceField
        label={t('node.onFail')}
        path={`${path}.onFail`}
        value={node.onFail}
        choices={(['end', 'continue'] as const).map((act) => [act, t(`onFail.${act}`)] as const)}
        onChange={(onFail) => onChange({ ...node, onFail })}
      />
    </>
  );
}

export function CheckForm({ node, path, onChange }: CheckFormProps) {
  switch (node.kind) {
    case 'tutorial':
      return (
        <QuestionForm
          question={node.question}
          path={`${path}.question`}
          onChange={(question) => onChange({ ...node, question })}
        />
      );
    case 'attention':
      return (
        <CheckQuestionForm
          question={node.question}
          path={`${path}.question`}
          onChange={(question) => onChange({ ...node, question })}
        />
      );
    case 'comprehension':
      return <ComprehensionForm node={node} path={path} onChange={onChange} />;
    default:
      return node satisfies never;
  }
}

/** The widgets a question can begin with. */
const WIDGETS = {
  slider: { kind: 'slider' },
  'slider-number': { kind: 'slider-number' },
  number: { kind: 'number', min: 0, max: 120 },
  choice: {
    kind: 'choice',
    options: [
      { id: 'a', label: 'A' },
      { id: 'b', label: 'B' },
    ],
  },
  text: { kind: 'text', isLong: true },
  confidence: { kind: 'confidence' },
} as const satisfies Readonly<Record<string, Widget>>;
type QuestionWidget = keyof typeof WIDGETS;
const QUESTION_WIDGETS: readonly QuestionWidget[] = [
  'slider',
  'slider-number',
  'number',
  'choice',
  'text',
  'confidence',
];

/** A widget of its own, which can be changed. */
const widgetOf = (kind: QuestionWidget): Widget => structuredClone<Widget>(WIDGETS[kind] as Widget);

function WidgetForm({ question, path, onChange }: QuestionProps<Question>) {
  const { t } = useTranslation('studies');
  const { widget } = question;
  if (widget.kind === 'choice')
    return (
      <TextField
        label={t('question.options')}
        hint={t('question.optionsHint')}
        path={`${path}.widget.options`}
        rows={widget.options.length + 1}
        value={widget.options.map(({ label }) => label).join('\n')}
        onChange={(text) => onChange({ ...question, widget: { ...widget, options: optionsOf(text, widget.options) } })}
      />
    );
  if (widget.kind === 'number')
    return (
      <div className="grid">
        <NumberField
          label={t('question.min')}
          path={`${path}.widget.min`}
          value={widget.min}
          onChange={(min = 0) => onChange({ ...question, widget: { ...widget, min } })}
        />
        <NumberField
          label={t('question.max')}
          path={`${path}.widget.max`}
          value={widget.max}
          onChange={(max = 0) => onChange({ ...question, widget: { ...widget, max } })}
        />
      </div>
    );
  if (widget.kind === 'text') return null;
  return (
    <div className="grid">
      <TextField
        label={t('scales.low')}
        path={`${path}.lowLabel`}
        value={question.lowLabel ?? ''}
        onChange={(lowLabel) => onChange({ ...question, lowLabel })}
      />
      <TextField
        label={t('scales.high')}
        path={`${path}.highLabel`}
        value={question.highLabel ?? ''}
        onChange={(highLabel) => onChange({ ...question, highLabel })}
      />
    </div>
  );
}

function QuestionForm({ question, path, onChange }: QuestionProps<Question>) {
  const { t } = useTranslation('studies');
  const kind = QUESTION_WIDGETS.find((known) => known === question.widget.kind);
  return (
    <fieldset>
      <legend>{question.id}</legend>
      <TextField
        label={t('question.text')}
        path={`${path}.text`}
        rows={2}
        value={question.text}
        onChange={(text) => onChange({ ...question, text })}
      />
      {kind && (
        <ChoiceField
          label={t('scales.widget')}
          path={`${path}.widget`}
          value={kind}
          choices={QUESTION_WIDGETS.map((name) => [name, t(`widget.${name}`)] as const)}
          onChange={(name) => onChange({ ...question, widget: widgetOf(name) })}
        />
      )}
      <WidgetForm question={question} path={path} onChange={onChange} />
      <ChoiceField
        label={t('question.requirement')}
        path={`${path}.requirement`}
        value={question.requirement ?? 'answer'}
        choices={(['answer', 'answer-or-missing', 'optional'] as const).map(
          (requirement) => [requirement, t(`requirement.${requirement}`)] as const,
        )}
        onChange={(requirement) =>
          onChange({
            ...question,
            requirement,
            ...(requirement === 'answer-or-missing' && !question.missingCodes ? { missingCodes: ['prefer_not'] } : {}),
          })
        }
      />
    </fieldset>
  );
}

type QuestionnaireProps = {
  readonly node: NodeOf<'questionnaire'>;
  readonly path: string;
  readonly onChange: (node: NodeOf<'questionnaire'>) => void;
};

export function QuestionnaireForm({ node, path, onChange }: QuestionnaireProps) {
  const { t } = useTranslation('studies');
  const { questions } = node;
  return (
    <>
      <ChoiceField
        label={t('node.purpose')}
        path={`${path}.purpose`}
        value={node.purpose}
        choices={(['screening', 'demographics', 'post-task'] as const).map(
          (purpose) => [purpose, t(`purpose.${purpose}`)] as const,
        )}
        onChange={(purpose) => onChange({ ...node, purpose })}
      />
      {questions.map((question, i) => (
        <QuestionForm
          key={question.id}
          question={question}
          path={`${path}.questions[${i}]`}
          onChange={(next) => onChange({ ...node, questions: questions.map((one, j) => (j === i ? next : one)) })}
        />
      ))}
      <p className="actions">
        <button
          type="button"
          onClick={() =>
            onChange({ ...node, questions: [...questions, newQuestion(`q${questions.length + 1}`, t('question.new'))] })
          }
        >
          {t('question.add')}
        </button>
        <button
          type="button"
          disabled={questions.length === 1}
          onClick={() => onChange({ ...node, questions: questions.slice(0, -1) })}
        >
          {t('question.removeLast')}
        </button>
      </p>
    </>
  );
}
