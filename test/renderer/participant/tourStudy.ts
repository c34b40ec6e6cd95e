/** A study that shows every kind of screen and every widget, in English and partly in Arabic. */
import { type Study, studySchema } from '../../../shared/study.ts';

const scenario = (id: string, kinds: readonly string[]) => ({
  id,
  domain: 'sports',
  subdomain: 'rowing',
  style: 'structured',
  background:
    'It is the summer regatta, and crews of two row against each other over one kilometre. How fast a rower is depends on strength, which stays the same all day, and on effort, which changes from race to race.',
  conditions: [
    { text: 'In race 1, Ana and Bo beat Cleo and Dov.' },
    { text: 'In race 2, Ana and Cleo beat Bo and Dov.' },
    { text: 'In race 3, Bo and Cleo beat Ana and Dov.' },
  ],
  queries: kinds.map((kind, i) => ({
    id: `q${i + 1}`,
    text: {
      rank: 'Out of 100 random rowers, where does Ana rank in strength?',
      percentage: 'From 0 to 100, how high was Ana’s effort in race 3?',
      contest: 'Ana and Bo will race against Cleo and Dov. Who is going to win?',
      probability: 'How likely is it that Dov wins a race today?',
      quantity: 'How many seconds will the winner be ahead?',
    }[kind],
    kind,
    target:
      kind === 'contest'
        ? {
            sides: [
              ['Ana', 'Bo'],
              ['Cleo', 'Dov'],
            ],
          }
        : {},
  })),
  source: 'human',
});

const yesNo = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
];

/** The study, checked against the schema. */
export const tourStudy = (): Study =>
  studySchema.parse({
    format: 'credence-study',
    formatVersion: 1,
    slug: 'tour',
    version: '1.0.0',
    title: 'Regatta',
    description: 'Every screen and every widget.',
    locale: 'en',
    locales: ['en', 'de', 'ar'],
    checkIn: {
      title: 'Welcome',
      body: 'Thank you for coming. Choose your language and enter your code.',
      asksLabel: true,
    },
    scales: [
      {
        kind: 'rank',
        lowLabel: 'weaker than all',
        highLabel: 'stronger than all',
        unit: 'place',
        labels: [0, 25, 50, 75, 100].map((at) => ({ at, text: String(at) })),
        widget: { kind: 'multi-click', mayFallShort: true },
      },
      {
        kind: 'percentage',
        lowLabel: 'none at all',
        highLabel: 'as much as possible',
        unit: '%',
        asksConfidence: true,
      },
      { kind: 'contest', lowLabel: 'surely', highLabel: 'surely', unit: '%', widget: { kind: 'contest' } },
      { kind: 'probability', lowLabel: 'impossible', highLabel: 'certain', unit: '%', widget: { kind: 'roulette' } },
      {
        kind: 'quantity',
        lowLabel: '0 s',
        highLabel: '100 s',
        unit: 's',
        widget: { kind: 'slider', showValue: 'after' },
      },
    ],
    timeline: [
      {
        kind: 'consent',
        id: 'consent',
        version: '2',
        title: 'Taking part',
        body: 'You will read short descriptions of races and judge what they suggest about the rowers. It takes about ten minutes.\n\n- Your answers are stored without your name.\n- You may stop at any time.\n\nPlease ask if anything is unclear.',
        boxes: [
          { id: 'read', text: 'I have read this text and could ask questions.', isRequired: true },
          { id: 'share', text: 'My answers may be shared with other researchers.', isRequired: false },
        ],
      },
      {
        kind: 'instructions',
        id: 'how',
        title: 'How it works',
        body: 'Each page tells of a few races. Most questions have no certain answer: give the one that seems most sensible to you.',
        pages: [
          { title: 'Two things count', body: 'Strength stays the same all day. Effort changes from race to race.' },
        ],
      },
      {
        kind: 'tutorial',
        id: 'try',
        title: 'The line',
        body: 'Nothing is marked until you press the line or type a number.',
        question: {
          id: 'trial',
          text: 'How warm is it today?',
          widget: { kind: 'slider-number' },
          lowLabel: 'freezing',
          highLabel: 'as hot as can be',
        },
      },
      {
        kind: 'comprehension',
        id: 'check',
        title: 'A short check',
        body: 'One question on what you have just read.',
        questions: [
          { id: 'same', text: 'Does a rower’s strength change during the day?', options: yesNo, correct: 'no' },
        ],
        maxAttempts: 3,
        returnTo: 'how',
        onFail: 'end',
      },
      {
        kind: 'practice',
        id: 'practice',
        title: 'A first scenario',
        scenarioId: 'practice-race',
        widget: { kind: 'slider-number' },
        targets: {
          q1: {
            low: 60,
            high: 100,
            within: 'Yes: somebody who wins twice of three times is likely to be strong.',
            below: 'Think of the races: who wins two of three is likely to be stronger than most.',
            above: 'That is very high.',
          },
        },
      },
      { kind: 'block', id: 'together', scenarioIds: ['regatta'], order: 'fixed' },
      {
        kind: 'break',
        id: 'rest',
        title: 'A short break',
        body: 'Look out of the window for a moment.',
        minSeconds: 1,
      },
      { kind: 'block', id: 'single', scenarioIds: ['sculls'], order: 'fixed', layout: 'one-by-one', back: 'edit' },
      {
        kind: 'attention',
        id: 'attention',
        title: 'One more thing',
        question: { id: 'awake', text: 'Please choose “No” here.', options: yesNo, correct: 'no' },
      },
      {
        kind: 'questionnaire',
        id: 'about',
        title: 'About you',
        body: 'You may leave out whatever you like.',
        purpose: 'demographics',
        questions: [
          {
            id: 'age',
            text: 'How old are you?',
            widget: { kind: 'number', min: 18, max: 120 },
            requirement: 'optional',
          },
          {
            id: 'sport',
            text: 'Which sports have you done?',
            widget: {
              kind: 'choice',
              isMultiple: true,
              options: ['rowing', 'running', 'swimming', 'climbing', 'chess', 'cycling', 'none'].map((id) => ({
                id,
                label: id[0].toUpperCase() + id.slice(1),
              })),
            },
            requirement: 'answer-or-missing',
            missingCodes: ['prefer_not'],
          },
          { id: 'sure', text: 'How well did you know what to do?', widget: { kind: 'confidence', form: 'steps' } },
          { id: 'why', text: 'How did you decide?', widget: { kind: 'text', isLong: true }, requirement: 'optional' },
        ],
      },
      {
        kind: 'debrief',
        id: 'debrief',
        title: 'What this was about',
        body: 'We compare what people conclude with what a program concludes.',
      },
      { kind: 'data-choice', id: 'choice', title: 'Your data', body: 'May we use your answers?', withdrawalDays: 30 },
      { kind: 'end', id: 'thanks', title: 'Thank you', body: 'That was all.' },
      { kind: 'end', id: 'bye', title: 'Goodbye', body: 'You have chosen not to take part.', outcome: 'declined' },
    ],
    completion: { codes: { completed: 'REGATTA-7' } },
    scenarios: [
      scenario('practice-race', ['rank']),
      scenario('regatta', ['rank', 'percentage', 'contest', 'probability', 'quantity']),
      scenario('sculls', ['percentage', 'quantity']),
    ],
    translations: {
      ar: {
        title: 'سباق القوارب',
        'scales.rank.lowLabel': 'أضعف من الجميع',
        'scales.rank.highLabel': 'أقوى من الجميع',
        'scales.percentage.lowLabel': 'لا شيء إطلاقًا',
        'scales.percentage.highLabel': 'أقصى ما يمكن',
        'scales.contest.lowLabel': 'حتمًا',
        'scales.contest.highLabel': 'حتمًا',
        'scales.probability.lowLabel': 'مستحيل',
        'scales.probability.highLabel': 'مؤكد',
        'names.Ana': 'آنا',
        'names.Bo': 'بو',
        'names.Cleo': 'كليو',
        'names.Dov': 'دوف',
        'timeline.consent.title': 'المشاركة',
        'timeline.consent.body':
          'ستقرأ أوصافًا قصيرة لسباقات وتحكم على ما تدل عليه بشأن المجدّفين. يستغرق ذلك نحو عشر دقائق.',
        'timeline.consent.boxes.read': 'قرأت هذا النص وأتيحت لي فرصة طرح الأسئلة.',
        'timeline.consent.boxes.share': 'يمكن مشاركة إجاباتي مع باحثين آخرين.',
        'scenarios.regatta.background':
          'إنه سباق القوارب الصيفي، وتتنافس فرق من شخصين على مسافة كيلومتر واحد. تتوقف سرعة المجدّف على قوته، وهي ثابتة طوال اليوم، وعلى جهده، وهو يتغير من سباق إلى آخر.',
        'scenarios.regatta.conditions.0': 'في السباق 1، تغلّبت آنا وبو على كليو ودوف.',
        'scenarios.regatta.conditions.1': 'في السباق 2، تغلّبت آنا وكليو على بو ودوف.',
        'scenarios.regatta.conditions.2': 'في السباق 3، تغلّب بو وكليو على آنا ودوف.',
        'scenarios.regatta.queries.q1': 'من بين 100 مجدّف عشوائي، ما ترتيب آنا في القوة؟',
        'scenarios.regatta.queries.q2': 'من 0 إلى 100، كم كان جهد آنا في السباق 3؟',
        'scenarios.regatta.queries.q3': 'ستتسابق آنا وبو ضد كليو ودوف. من سيفوز؟',
        'scenarios.regatta.queries.q4': 'ما احتمال أن يفوز دوف بسباق اليوم؟',
        'scenarios.regatta.queries.q5': 'بكم ثانية سيتقدّم الفائز؟',
      },
    },
  });
