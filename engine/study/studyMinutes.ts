/**
 * How long a study takes, before anybody took it: reading time of what is shown plus time to answer.
 *
 * **Source:** silent reading at 238 words a minute: M. Brysbaert, How many words do we read per minute? (2019). The 8 s an answer takes on
 * a line are our own estimate; a pilot says better.
 */
import type { Scenario } from '../../shared/scenario.ts';
import type { Study } from '../../shared/study.ts';
import type { TimelineNode } from '../../shared/timeline.ts';

const WORDS_PER_MINUTE = 238;
const SECONDS_PER_ANSWER = 8;

const secondsToRead = (text: string): number => {
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  return (words / WORDS_PER_MINUTE) * 60;
};

const scenarioSeconds = ({ background, conditions, queries }: Scenario): number =>
  secondsToRead([background, ...conditions.map(({ text }) => text), ...queries.map(({ text }) => text)].join(' ')) +
  queries.length * SECONDS_PER_ANSWER;

function nodeSeconds(study: Study, node: TimelineNode): number {
  const told = ('body' in node && node.body) || '';
  const read = secondsToRead(told);
  switch (node.kind) {
    case 'instructions':
      return read + secondsToRead((node.pages ?? []).map((page) => page.body).join(' '));
    case 'block': {
      const shown = study.scenarios.filter(({ id }) => node.scenarioIds.includes(id));
      const all = shown.reduce((sum, scenario) => sum + scenarioSeconds(scenario), 0);
      const part = node.sample === undefined ? 1 : Math.min(1, node.sample / Math.max(1, node.scenarioIds.length));
      return all * part;
    }
    case 'comprehension':
    case 'questionnaire':
      return read + node.questions.length * SECONDS_PER_ANSWER;
    case 'tutorial':
    case 'attention':
      return read + SECONDS_PER_ANSWER;
    case 'practice':
      return read + Object.keys(node.targets).length * SECONDS_PER_ANSWER;
    case 'end':
      return (node.outcome ?? 'completed') === 'completed' ? read : 0;
    default:
      return read;
  }
}

/** Minutes that one participant needs, rounded up to whole ones. Nodes shown in some cells only are counted by their share of the levels. */
export function studyMinutes(study: Study): number {
  const levelsOf = (factor: string): number =>
    study.design?.factors?.find(({ id }) => id === factor)?.levels.length ?? 1;
  const seconds = study.timeline.reduce((sum, node) => {
    const share = node.when ? node.when.levels.length / levelsOf(node.when.factor) : 1;
    return sum + nodeSeconds(study, node) * Math.min(1, share);
  }, 0);
  return Math.max(1, Math.ceil(seconds / 60));
}
