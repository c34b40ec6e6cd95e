/** A sound study and sixty ways to break it: what is changed, and which file and path the refusal must name. */
import { smallStudy } from '../smallStudy.ts';

export type StudySource = Record<string, string>;
/** A study as plain data, to be broken: its fields are whatever a person may type. */
// biome-ignore lint/suspicious/noExplicitAny: the point is to write what the types forbid
type Loose = any;

const { scenarios, ...file } = smallStudy();

/** The sound study: check-in, two languages, a factor, consent, a check, practice, a block, a questionnaire, an end. */
export function soundStudy(): { study: Loose; items: Loose[]; files: StudySource } {
  const study: Loose = structuredClone(file);
  study.locales = ['en', 'de'];
  study.design = { factors: [{ id: 'list', levels: ['a', 'b'] }] };
  study.checkIn = { title: 'Welcome', body: 'Type your code.', asksLabel: true };
  study.completion = { codes: { completed: 'DONE' }, redirect: 'https://example.org/?cc={code}&id={PROLIFIC_PID}' };
  study.timeline = [
    {
      kind: 'consent',
      id: 'consent',
      title: 'Consent',
      body: 'Agree?',
      version: '1',
      boxes: [{ id: 'data', text: 'My data.', isRequired: true }],
    },
    { kind: 'instructions', id: 'start', title: 'Welcome', body: 'Read and judge.' },
    {
      kind: 'tutorial',
      id: 'try',
      title: 'Try',
      body: 'Press.',
      question: { id: 'place', text: 'Place it.', widget: { kind: 'slider' } },
    },
    {
      kind: 'comprehension',
      id: 'check',
      title: 'Check',
      body: 'Choose.',
      maxAttempts: 2,
      onFail: 'end',
      returnTo: 'start',
      questions: [
        {
          id: 'what',
          text: 'What?',
          options: [
            { id: 'row', label: 'Rowing' },
            { id: 'run', label: 'Running' },
          ],
          correct: 'row',
        },
      ],
    },
    {
      kind: 'practice',
      id: 'warm',
      scenarioId: 'lake-a',
      targets: { skill: { low: 50, high: 100, within: 'Yes.', below: 'Higher.', above: 'Lower.' } },
    },
    {
      kind: 'block',
      id: 'main',
      scenarioIds: ['lake-a', 'lake-b'],
      order: 'fixed',
      when: { factor: 'list', levels: ['a', 'b'] },
      interruptions: [{ nodeId: 'rest' }],
    },
    { kind: 'break', id: 'rest', title: 'Rest', body: 'A while.' },
    {
      kind: 'questionnaire',
      id: 'you',
      title: 'You',
      purpose: 'screening',
      questions: [
        {
          id: 'hand',
          text: 'Hand?',
          widget: {
            kind: 'choice',
            options: [
              { id: 'left', label: 'Left' },
              { id: 'right', label: 'Right' },
            ],
          },
        },
      ],
      screenOut: { hand: ['left'] },
    },
    { kind: 'group', id: 'last', order: 'shuffle', nodeIds: ['thanks'] },
    { kind: 'debrief', id: 'thanks', title: 'Thanks', body: 'That was it.' },
    { kind: 'end', id: 'end', title: 'Done', body: 'Thank you.' },
  ];
  return { study, items: structuredClone(scenarios) as Loose[], files: {} };
}

type Sound = ReturnType<typeof soundStudy>;
const node = (sound: Sound, id: string): Loose => sound.study.timeline.find((one: Loose) => one.id === id);

/** Name, the change, the file and the path (or words) that the refusal must hold. */
export const BROKEN: readonly (readonly [string, (sound: Sound) => void, string, string])[] = [
  // Form
  ['study.json that is no JSON', ({ files }) => void (files['study.json'] = '{'), 'study.json', 'not valid JSON'],
  ['study.json that is a list', ({ files }) => void (files['study.json'] = '[]'), 'study.json', 'expected object'],
  ['another format', ({ study }) => void (study.format = 'other'), 'study.json', 'format'],
  ['a newer format', ({ study }) => void (study.formatVersion = 2), 'study.json', 'formatVersion'],
  ['a title that is a number', ({ study }) => void (study.title = 7), 'study.json', 'title'],
  ['an unknown key', ({ study }) => void (study.colour = 'blue'), 'study.json', 'Unrecognized key: "colour"'],
  ['no timeline', ({ study }) => void delete study.timeline, 'study.json', 'timeline'],
  ['an empty timeline', ({ study }) => void (study.timeline = []), 'study.json', 'timeline'],
  ['an unknown node kind', (s) => void (node(s, 'rest').kind = 'nap'), 'study.json', 'timeline[6].kind'],
  [
    'a key that reaches the prototype',
    ({ files }) => void (files['study.json'] = '{"__proto__": {"x": 1}}'),
    'study.json',
    '__proto__',
  ],
  [
    'nesting without end',
    ({ files }) => void (files['study.json'] = `${'['.repeat(5000)}${']'.repeat(5000)}`),
    'study.json',
    'nested deeper',
  ],
  ['a slug with spaces', ({ study }) => void (study.slug = 'my study'), 'study.json', 'slug'],
  ['a locale that is none', ({ study }) => void (study.locale = 'English!'), 'study.json', 'locale'],
  // Huge numbers
  [
    'an infinite number',
    ({ files, study }) =>
      void (files['study.json'] = JSON.stringify(study).replace('"maxAttempts":2', '"maxAttempts":1e999')),
    'study.json',
    'timeline[3].maxAttempts',
  ],
  ['a huge sample', (s) => void (node(s, 'main').sample = 1e15), 'study.json', 'timeline[5].sample'],
  [
    'a negative distance',
    (s) => void (node(s, 'main').order = { method: 'constrained', minDistance: { by: 'domain', n: -3 } }),
    'study.json',
    'timeline[5].order',
  ],
  ['a fraction of attempts', (s) => void (node(s, 'check').maxAttempts = 1.5), 'study.json', 'timeline[3].maxAttempts'],
  [
    'a reservation of years',
    ({ study }) => void (study.design.assignment = { method: 'least-filled', reserveMinutes: 1e9 }),
    'study.json',
    'design.assignment.reserveMinutes',
  ],
  [
    'a thousand clicks',
    ({ study }) => void (study.scales[0].widget = { kind: 'multi-click', count: 1000 }),
    'study.json',
    'scales[0].widget.count',
  ],
  // Duplicate ids
  ['a scenario twice', ({ items }) => void items.push(items[0]), 'items.jsonl', '[2].id'],
  ['a query twice', ({ items }) => void (items[0].queries[1].id = 'skill'), 'items.jsonl', '[0].queries[1].id'],
  ['a node id twice', (s) => void (node(s, 'thanks').id = 'rest'), 'study.json', 'timeline[9].id'],
  ['a scale twice', ({ study }) => void (study.scales[1].kind = 'rank'), 'study.json', 'scales[1].kind'],
  [
    'a factor twice',
    ({ study }) => void study.design.factors.push({ id: 'list', levels: ['c', 'd'] }),
    'study.json',
    'design.factors[1].id',
  ],
  [
    'a level twice',
    ({ study }) => void (study.design.factors[0].levels = ['a', 'a']),
    'study.json',
    'design.factors[0].levels[1]',
  ],
  ['a language twice', ({ study }) => void (study.locales = ['en', 'de', 'de']), 'study.json', 'locales[2]'],
  [
    'a box twice',
    (s) => void node(s, 'consent').boxes.push({ id: 'data', text: 'Again.', isRequired: false }),
    'study.json',
    'timeline[0].boxes[1].id',
  ],
  [
    'an option twice',
    (s) => void (node(s, 'you').questions[0].widget.options[1].id = 'left'),
    'study.json',
    'timeline[7].questions[0].widget.options[1].id',
  ],
  [
    'a question twice',
    (s) => void node(s, 'you').questions.push(node(s, 'you').questions[0]),
    'study.json',
    'timeline[7].questions[1].id',
  ],
  [
    'a scenario twice in a block',
    (s) => void (node(s, 'main').scenarioIds = ['lake-a', 'lake-a']),
    'study.json',
    'timeline[5].scenarioIds[1]',
  ],
  [
    'two endings for one outcome',
    ({ study }) => void study.timeline.push({ kind: 'end', id: 'end2', title: 'Done', body: 'Bye.' }),
    'study.json',
    'ending',
  ],
  ['a node named like a scenario', (s) => void (node(s, 'try').id = 'lake-a'), 'study.json', 'timeline[2].id'],
  // Unknown ids
  [
    'an unknown scenario',
    (s) => void (node(s, 'main').scenarioIds[1] = 'lake-z'),
    'study.json',
    'timeline[5].scenarioIds[1]',
  ],
  [
    'an unknown practice scenario',
    (s) => void (node(s, 'warm').scenarioId = 'lake-z'),
    'study.json',
    'timeline[4].scenarioId',
  ],
  [
    'an unknown practice query',
    (s) => void (node(s, 'warm').targets = { size: node(s, 'warm').targets.skill }),
    'study.json',
    'timeline[4].targets.size',
  ],
  [
    'an unknown interruption',
    (s) => void (node(s, 'main').interruptions[0].nodeId = 'nap'),
    'study.json',
    'timeline[5].interruptions[0].nodeId',
  ],
  [
    'an unknown node in a group',
    (s) => void (node(s, 'last').nodeIds = ['nowhere']),
    'study.json',
    'timeline[8].nodeIds[0]',
  ],
  ['an unknown factor', (s) => void (node(s, 'main').when.factor = 'colour'), 'study.json', 'timeline[5].when.factor'],
  ['an unknown level', (s) => void (node(s, 'main').when.levels = ['z']), 'study.json', 'timeline[5].when.levels[0]'],
  [
    'a right answer that is no option',
    (s) => void (node(s, 'check').questions[0].correct = 'swim'),
    'study.json',
    'timeline[3].questions[0].correct',
  ],
  [
    'an unknown place to return to',
    (s) => void (node(s, 'check').returnTo = 'nowhere'),
    'study.json',
    'timeline[3].returnTo',
  ],
  [
    'an unknown option that screens out',
    (s) => void (node(s, 'you').screenOut = { hand: ['both'] }),
    'study.json',
    'timeline[7].screenOut.hand',
  ],
  [
    'an unknown picture',
    (s) => void (node(s, 'start').stimuli = [{ kind: 'image', asset: 'lake.png', alternative: 'A lake.' }]),
    'study.json',
    'timeline[1].stimuli[0].asset',
  ],
  [
    'an unknown redirect parameter',
    ({ study }) => void (study.completion.redirect = 'https://example.org/?x={nothing}'),
    'study.json',
    'completion.redirect',
  ],
  ['a kind without a scale', ({ items }) => void (items[0].queries[0].kind = 'quantity'), 'study.json', 'scales'],
  // Designs and orders that cannot be
  [
    'an order with too long runs',
    (s) => void (node(s, 'main').order = { method: 'constrained', maxRun: { by: 'domain', n: 1 } }),
    'study.json',
    'timeline[5].order',
  ],
  [
    'an order without room',
    (s) => void (node(s, 'main').order = { method: 'constrained', minDistance: { by: 'subdomain', n: 3 } }),
    'study.json',
    'timeline[5].order',
  ],
  [
    'two scenarios at one place',
    (s) => void (node(s, 'main').order = { method: 'constrained', fixed: { 'lake-a': 0, 'lake-b': 0 } }),
    'study.json',
    'timeline[5].order',
  ],
  [
    'a place behind the last',
    (s) => void (node(s, 'main').order = { method: 'constrained', fixed: { 'lake-a': 2 } }),
    'study.json',
    'timeline[5].order',
  ],
  ['a sample larger than the block', (s) => void (node(s, 'main').sample = 3), 'study.json', 'timeline[5].sample'],
  [
    'repeats without room',
    (s) => void (node(s, 'main').repeats = { count: 1, minDistance: 9 }),
    'study.json',
    'timeline[5].repeats.minDistance',
  ],
  [
    'more cells than people',
    ({ study }) =>
      void (study.design.factors = ['f', 'g'].map((id) => ({
        id,
        levels: Array.from({ length: 60 }, (_, i) => `l${i}`),
      }))),
    'study.json',
    'design',
  ],
  [
    'reading times that contradict',
    (s) => Object.assign(node(s, 'main'), { minSeconds: 30, maxSeconds: 10 }),
    'study.json',
    'timeline[5].minSeconds',
  ],
  [
    'a target range that is empty',
    (s) => void (node(s, 'warm').targets.skill.low = 101),
    'study.json',
    'timeline[4].targets.skill.low',
  ],
  // Circles
  ['a group that shows itself', (s) => void (node(s, 'last').nodeIds = ['last']), 'study.json', 'last → last'],
  [
    'groups in a circle',
    (s) => {
      node(s, 'last').nodeIds = ['more'];
      s.study.timeline.push({ kind: 'group', id: 'more', order: 'fixed', nodeIds: ['last'] });
    },
    'study.json',
    'last → more → last',
  ],
  [
    'a check that returns to itself',
    (s) => void (node(s, 'check').returnTo = 'check'),
    'study.json',
    'timeline[3].returnTo',
  ],
  // Widgets and texts
  [
    'a text widget for judgments',
    ({ study }) => void (study.scales[0].widget = { kind: 'text' }),
    'study.json',
    'scales[0].widget',
  ],
  [
    'a missing translation',
    ({ files }) => {
      const texts = JSON.parse(files['locales/de.json']);
      delete texts['timeline.consent.body'];
      files['locales/de.json'] = JSON.stringify(texts);
    },
    'locales/de.json',
    'timeline.consent.body',
  ],
  [
    'a translation of nothing',
    ({ files }) =>
      void (files['locales/de.json'] = JSON.stringify({
        ...JSON.parse(files['locales/de.json']),
        'timeline.nap.title': 'Schlaf',
      })),
    'locales/de.json',
    'timeline.nap.title',
  ],
  [
    'a language that is not listed',
    ({ files }) => void (files['locales/fr.json'] = '{"title": "Aviron"}'),
    'locales/fr.json',
    'does not list',
  ],
  [
    'a picture that is none',
    ({ files }) => void (files['assets/lake.png'] = 'not a picture'),
    'assets/lake.png',
    'neither a picture nor a sound',
  ],
  [
    'a scenario line that is cut off',
    ({ files, items }) => void (files['items.jsonl'] = JSON.stringify(items[0]).slice(0, 80)),
    'items.jsonl',
    'not valid JSON',
  ],
];
