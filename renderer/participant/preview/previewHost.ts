/** A host within the page, for previews: walks a study by the same rules as the real one, from any screen, and stores nothing. */
import { createRandom } from '../../../engine/random.ts';
import { type Cell, cellsOf, isShownIn } from '../../../engine/study/design.ts';
import { leavePlace, placeBefore } from '../../../engine/study/leavePlace.ts';
import { isFinal, moveParticipant, type ParticipationAct } from '../../../engine/study/participantStates.ts';
import { practiceFeedback } from '../../../engine/study/practiceFeedback.ts';
import { nodeOf, resolveSequence } from '../../../engine/study/resolveSequence.ts';
import { showCheckIn } from '../../../engine/study/showCheckIn.ts';
import { showScreen } from '../../../engine/study/showScreen.ts';
import { localiseStudy, studyLocales } from '../../../engine/study/studyTexts.ts';
import { UserError } from '../../../shared/errors.ts';
import type { ParticipantState, Place } from '../../../shared/participation.ts';
import type { SubmittedResponse } from '../../../shared/response.ts';
import type { PlannedScreen, Screen } from '../../../shared/screen.ts';
import type { Study } from '../../../shared/study.ts';
import type { Outcome } from '../../../shared/timeline.ts';
import type { InputOf, OutputOf, ParticipantCall, ParticipantProcedure } from '../procedures.ts';

/** A place of the sequence as the preview lists it. */
export type PreviewPlace = { readonly index: number; readonly label: string };

export type PreviewHost = {
  readonly call: ParticipantCall;
  readonly places: readonly PreviewPlace[];
  /** Goes to one place of the sequence, as if everything before it had been done; to check-in for `null`. */
  goTo(index: number | null): void;
};

type Standing = {
  state: ParticipantState;
  position: number;
  frontier: number;
  attempts: Readonly<Record<string, number>>;
  locale: string;
  hold: Place['hold'];
  comfort: Place['comfort'];
};

const NO_CODE = '—';

function labelOf(screen: PlannedScreen, index: number): string {
  const about = screen.kind === 'questions' ? [screen.scenarioId, ...screen.queryIds.slice(0, 1)] : [];
  return [`${index + 1}`, screen.nodeId, ...about.filter((part) => part !== undefined)].join(' · ');
}

/** The final states are the endings. */
const isOutcome = (state: ParticipantState): state is Outcome => isFinal(state);

function endScreen(study: Study, cell: Cell, state: ParticipantState): Screen {
  const outcome = isOutcome(state) ? state : 'completed';
  const node = study.timeline.find(
    (one) => one.kind === 'end' && (one.outcome ?? 'completed') === outcome && isShownIn(one, cell),
  );
  const [title, body] = node?.kind === 'end' ? [node.title, node.body] : [study.title, ''];
  const completionCode = study.completion?.codes[outcome] ?? null;
  return { kind: 'end', outcome, title, body, completionCode, redirect: null, withdrawalCode: NO_CODE };
}

export type PreviewOptions = {
  readonly study: Study;
  readonly locale: string;
  readonly seed: number;
  /** One of the design's cells; the first where absent. */
  readonly cell?: Cell;
  readonly loadAsset: (name: string) => Promise<OutputOf<'participant.asset'>>;
};

/** A preview of `study`. Throws UserError where its sequence cannot be resolved. */
export function createPreviewHost(options: PreviewOptions): PreviewHost {
  const { study, seed } = options;
  const cell = options.cell ?? cellsOf(study)[0];
  const random = createRandom(seed);
  const screens = resolveSequence(random, study, cell);
  const answers = new Map<number, SubmittedResponse[]>();
  let count = 0;
  const standing: Standing = {
    state: 'invited',
    position: 0,
    frontier: 0,
    attempts: {},
    locale: options.locale,
    hold: null,
    comfort: null,
  };

  const spoken = (): Study => localiseStudy(study, standing.locale);
  const here = (): PlannedScreen | undefined => screens[standing.position];
  const move = (act: ParticipationAct): void => {
    const state = moveParticipant(standing.state, act);
    if (state === undefined) throw new UserError(`preview: ${act} is not possible while ${standing.state}`);
    standing.state = state;
  };
  const goOn = (position: number): void => {
    standing.position = position;
    standing.frontier = Math.max(standing.frontier, position);
  };

  const screenOf = (): Screen | null => {
    const { state, position, hold, locale, attempts, frontier } = standing;
    const planned = here();
    if (state === 'invited') return showCheckIn(study);
    if (isFinal(state) || planned === undefined) return endScreen(spoken(), cell, state);
    if (hold !== null) return null;
    const isRevisit = position < frontier;
    return showScreen({ study: spoken(), locale, random, attempts, withdrawalCode: NO_CODE, isRevisit }, planned);
  };

  const placeNow = (): Place => {
    const screen = screenOf();
    const planned = here();
    return {
      screen,
      state: standing.state,
      hold: isFinal(standing.state) ? null : standing.hold,
      index: standing.position,
      total: standing.state === 'invited' ? null : screens.length,
      nextClientSeq: count,
      participantId: 'preview',
      canGoBack: screen !== null && planned !== undefined && placeBefore(study, { ...standing, screens }) !== undefined,
      answers: planned && screen?.kind === 'questions' ? (answers.get(planned.trialIndex) ?? []) : [],
      locale: standing.locale,
      study: { title: spoken().title, stage: 'draft', hash: '', locales: studyLocales(study) },
      comfort: standing.comfort,
    };
  };

  const take = (response: SubmittedResponse): { clientSeq: number; serverSeq: number } => {
    const { clientSeq, trialIndex, queryId } = response;
    count = Math.max(count, clientSeq + 1);
    const others = (answers.get(trialIndex) ?? []).filter((other) => other.queryId !== queryId);
    answers.set(trialIndex, [...others, response]);
    return { clientSeq, serverSeq: clientSeq };
  };

  const advance = ({ responses = [] }: InputOf<'participant.advance'>): OutputOf<'participant.advance'> => {
    const acknowledgements = responses.map(take);
    const planned = here();
    if (!planned) return { place: placeNow(), outcome: 'ended', wrong: [], acknowledgements };
    const given = new Map(
      (answers.get(planned.trialIndex) ?? []).map((response) => [String(response.queryId), response]),
    );
    const departure = leavePlace(study, { ...standing, screens }, given);
    for (const act of departure.acts) move(act);
    standing.attempts = departure.attempts;
    goOn(departure.position);
    return { place: placeNow(), outcome: departure.outcome, wrong: [...departure.wrong], acknowledgements };
  };

  const act = (wanted: InputOf<'participant.act'>['act']): OutputOf<'participant.act'> => {
    if (wanted !== 'help') move(wanted);
    standing.hold = standing.state === 'paused' ? 'paused' : null;
    return placeNow();
  };

  type Answering = { readonly [N in ParticipantProcedure]: (input: InputOf<N>) => OutputOf<N> | Promise<OutputOf<N>> };
  const table: Answering = {
    'participant.screen': placeNow,
    'participant.checkIn': ({ locale, comfort }) => {
      Object.assign(standing, { locale, comfort: comfort ?? null });
      if (standing.state === 'invited') move('check-in');
      return placeNow();
    },
    'participant.consent': ({ isGranted }) => {
      if (isGranted) {
        move('consent');
        goOn(standing.position + 1);
      } else move('decline');
      return placeNow();
    },
    'participant.submit': take,
    'participant.advance': advance,
    'participant.back': () => {
      const before = placeBefore(study, { ...standing, screens });
      if (before !== undefined) standing.position = before;
      return placeNow();
    },
    'participant.feedback': ({ trialIndex }) => {
      const planned = screens[trialIndex];
      const node = planned && nodeOf(spoken(), planned.nodeId);
      return { feedback: node?.kind === 'practice' ? practiceFeedback(node, answers.get(trialIndex) ?? []) : [] };
    },
    'participant.events': ({ events }) => ({ stored: events.length }),
    'participant.act': ({ act: wanted }) => act(wanted),
    'participant.dataChoice': ({ choice, trialIndex }) => {
      if (choice === 'erase') move('withdraw');
      else advance({ trialIndex });
      return placeNow();
    },
    'participant.heartbeat': () => {
      const { state, hold, position: index } = standing;
      return { ok: true, state, hold, index };
    },
    'participant.asset': ({ name }) => options.loadAsset(name),
  };

  return {
    call: async (name, input) => table[name](input),
    places: screens.map((screen, index) => ({ index, label: labelOf(screen, index) })),
    goTo(index) {
      answers.clear();
      const position = index ?? 0;
      const isFirst = position === 0 && screens[0]?.kind === 'consent';
      const state: ParticipantState = index === null ? 'invited' : isFirst ? 'checked-in' : 'running';
      Object.assign(standing, { state, position, frontier: position, attempts: {}, hold: null });
    },
  };
}
