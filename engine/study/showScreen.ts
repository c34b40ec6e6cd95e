/** A planned screen in the words of a participant's language: all that their page needs to show it, and nothing it must not know. */
import type { Query } from '../../shared/scenario.ts';
import type { PlannedScreen, Screen, ScreenOf, ShownScenario } from '../../shared/screen.ts';
import type { Scale, Study } from '../../shared/study.ts';
import type { NodeOf, Question, TimelineNode } from '../../shared/timeline.ts';
import type { ShownQuery, ShownScale, Widget } from '../../shared/widget.ts';
import type { Random } from '../random.ts';
import { listNames } from './listNames.ts';
import { nodeOf, scenarioOf } from './resolveSequence.ts';
import { directionOf } from './studyTexts.ts';

/** Whom a screen is for. `study` is in their language already; `random` is their own stream. */
export type Viewer = {
  readonly study: Study;
  readonly locale: string;
  readonly random: Random;
  /** Failed attempts by the node of a comprehension check. */
  readonly attempts: Readonly<Record<string, number>>;
  readonly withdrawalCode: string;
  /** Whether the place was left before. */
  readonly isRevisit: boolean;
};

const SLIDER: Widget = { kind: 'slider-number' };
const RATED: ReadonlySet<Widget['kind']> = new Set([
  'slider',
  'slider-number',
  'multi-click',
  'roulette',
  'contest',
  'confidence',
]);

/** 0–100 for the first arrow key on an unset handle, from a stream of its own. */
const drawStart = (viewer: Viewer, screen: PlannedScreen, queryId: string): number =>
  viewer.random.split('keyboard', screen.trialIndex, queryId).integer(101);

function shownDirection(viewer: Viewer, direction: Scale['direction']): 'ltr' | 'rtl' {
  return direction === 'ltr' || direction === 'rtl' ? direction : directionOf(viewer.locale);
}

/** A scale for one query; on a contest the ends name the sides. */
function showScale(viewer: Viewer, scale: Scale | undefined, { kind, target }: Query): ShownScale {
  const low = scale?.lowLabel ?? '0';
  const high = scale?.highLabel ?? '100';
  const [first, second] =
    kind === 'contest' && target.sides ? target.sides.map((names) => listNames(viewer.locale, names)) : [];
  return {
    lowLabel: first ? `${low} (${first})` : low,
    highLabel: second ? `${high} (${second})` : high,
    unit: scale?.unit ?? '',
    labels: scale?.labels ?? [],
    direction: shownDirection(viewer, scale?.direction),
  };
}

function showQuery(viewer: Viewer, screen: PlannedScreen, query: Query, widget: Widget | undefined): ShownQuery {
  const scale = viewer.study.scales.find(({ kind }) => kind === query.kind);
  return {
    id: query.id,
    text: query.text,
    kind: query.kind,
    target: query.target,
    widget: widget ?? scale?.widget ?? SLIDER,
    scale: showScale(viewer, scale, query),
    asksConfidence: scale?.asksConfidence ?? false,
    requirement: 'answer',
    missingCodes: [],
    keyboardStart: drawStart(viewer, screen, query.id),
  };
}

function showQuestion(viewer: Viewer, screen: PlannedScreen, question: Question): ShownQuery {
  const { id, text, widget, lowLabel = '0', highLabel = '100' } = question;
  const scale = { lowLabel, highLabel, unit: '', labels: [], direction: directionOf(viewer.locale) };
  return {
    id,
    text,
    widget,
    ...(RATED.has(widget.kind) ? { scale } : {}),
    asksConfidence: false,
    requirement: question.requirement ?? 'answer',
    missingCodes: question.missingCodes ?? [],
    keyboardStart: drawStart(viewer, screen, id),
  };
}

/** A check's question as a choice: which option is right stays here. */
function showCheck(viewer: Viewer, screen: PlannedScreen, check: NodeOf<'attention'>['question']): ShownQuery {
  const { id, text, options } = check;
  return showQuestion(viewer, screen, { id, text, widget: { kind: 'choice', options } });
}

type Asked = Pick<ScreenOf<'questions'>, 'queries' | 'title' | 'body' | 'minSeconds' | 'maxSeconds' | 'attempt'>;
type PlannedQuestions = Extract<PlannedScreen, { kind: 'questions' }>;

const headed = (node: { readonly title?: string; readonly body?: string }, queries: ShownQuery[]): Asked => ({
  queries,
  title: node.title ?? null,
  body: node.body ?? null,
  minSeconds: 0,
  maxSeconds: null,
  attempt: null,
});

function scenarioQueries(viewer: Viewer, screen: PlannedQuestions, widgetOf: (query: Query) => Widget | undefined) {
  const scenario = scenarioOf(viewer.study, screen.scenarioId ?? '', `timeline.${screen.nodeId}`);
  return screen.queryIds.flatMap((id) => {
    const query = scenario.queries.find((candidate) => candidate.id === id);
    return query ? [showQuery(viewer, screen, query, widgetOf(query))] : [];
  });
}

function ask(viewer: Viewer, screen: PlannedQuestions, node: TimelineNode): Asked {
  switch (node.kind) {
    case 'tutorial':
      return headed(node, [showQuestion(viewer, screen, node.question)]);
    case 'comprehension': {
      const queries = node.questions.map((question) => showCheck(viewer, screen, question));
      const attempt = { number: (viewer.attempts[node.id] ?? 0) + 1, of: node.maxAttempts };
      return { ...headed(node, queries), attempt };
    }
    case 'attention':
      return headed(node, [showCheck(viewer, screen, node.question)]);
    case 'questionnaire':
      return headed(
        node,
        node.questions.map((question) => showQuestion(viewer, screen, question)),
      );
    case 'practice':
      return headed(
        node,
        scenarioQueries(viewer, screen, () => node.widget),
      );
    case 'block': {
      const queries = scenarioQueries(viewer, screen, (query) => node.widgets?.[query.kind]);
      return { ...headed({}, queries), minSeconds: node.minSeconds ?? 0, maxSeconds: node.maxSeconds ?? null };
    }
    default:
      return headed({}, []);
  }
}

function showScenario({ study }: Viewer, screen: PlannedQuestions): ShownScenario | null {
  if (screen.scenarioId === undefined || !screen.showsScenario) return null;
  const { id, background, conditions } = scenarioOf(study, screen.scenarioId, `timeline.${screen.nodeId}`);
  return { id, background, conditions: conditions.map(({ text }) => text), stimuli: study.stimuli?.[id] ?? [] };
}

function showQuestions(viewer: Viewer, screen: PlannedQuestions, node: TimelineNode): Screen {
  return {
    kind: 'questions',
    trialIndex: screen.trialIndex,
    phase: screen.phase,
    scenarioId: screen.scenarioId ?? screen.nodeId,
    scenario: showScenario(viewer, screen),
    ...ask(viewer, screen, node),
    givesFeedback: node.kind === 'practice',
    isReadOnly: viewer.isRevisit && node.kind === 'block' && node.back === 'review',
  };
}

type TextNode = NodeOf<'instructions' | 'break' | 'debrief' | 'end'>;

function showText(screen: Extract<PlannedScreen, { kind: 'text' }>, node: TextNode): Screen {
  const pages = node.kind === 'instructions' ? (node.pages ?? []) : [];
  const shown = screen.page === 0 ? node : (pages[screen.page - 1] ?? node);
  return {
    kind: 'text',
    trialIndex: screen.trialIndex,
    purpose: node.kind,
    title: shown.title,
    body: shown.body,
    stimuli: ('stimuli' in shown && shown.stimuli) || [],
    page: { index: screen.page, count: 1 + pages.length },
    minSeconds: ('minSeconds' in node && node.minSeconds) || 0,
  };
}

/** The screen as the viewer's page receives it. */
export function showScreen(viewer: Viewer, screen: PlannedScreen): Screen {
  const node = nodeOf(viewer.study, screen.nodeId);
  const { trialIndex } = screen;
  if (screen.kind === 'questions') return showQuestions(viewer, screen, node);
  switch (node.kind) {
    case 'device': {
      const { title, body, minWidthPx = 0, minHeightPx = 0, needs } = node;
      return { kind: 'device', trialIndex, title, body, minWidthPx, minHeightPx, needs };
    }
    case 'consent': {
      const { title, body, version, boxes = [] } = node;
      return { kind: 'consent', trialIndex, title, body, version, boxes };
    }
    case 'data-choice': {
      const { title, body, withdrawalDays } = node;
      return { kind: 'data-choice', trialIndex, title, body, withdrawalCode: viewer.withdrawalCode, withdrawalDays };
    }
    case 'instructions':
    case 'break':
    case 'debrief':
    case 'end':
      return showText({ ...screen, kind: 'text', page: screen.kind === 'text' ? screen.page : 0 }, node);
    default:
      // A place that its node does not fill has nothing to say.
      return {
        kind: 'text',
        trialIndex,
        purpose: 'end',
        title: viewer.study.title,
        body: '',
        stimuli: [],
        page: { index: 0, count: 1 },
        minSeconds: 0,
      };
  }
}
