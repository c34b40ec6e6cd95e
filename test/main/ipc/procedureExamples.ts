/** One valid input and output of each procedure, every key required; a new procedure without an example fails the router's tests. */
import { PROCEDURES, type ProcedureInput, type ProcedureName, type ProcedureOutput } from '../../../shared/api.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import { studyExamples } from './studyExamples.ts';
import { workspaceExamples } from './workspaceExamples.ts';

type Examples = {
  readonly [N in ProcedureName]: { readonly input: ProcedureInput<N>; readonly output: ProcedureOutput<N> };
};

const bins = Array.from({ length: ANSWER_COUNT }, () => 1 / ANSWER_COUNT);
const estimate = { value: 12.5, low: 10, high: 15 };
const session = {
  sessionId: 'session-1',
  versionId: 'version-1',
  stage: 'simulated',
  openedAt: '2026-01-02T03:04:05.000Z',
  closedAt: null,
  participants: 3,
  responses: 48,
};
const study = {
  format: 'credence-study',
  formatVersion: 1,
  slug: 'toy-study',
  version: '1',
  title: 'A toy study',
  description: 'Two questions.',
  locale: 'en',
  scales: [{ kind: 'rank', lowLabel: 'weakest', highLabel: 'strongest', unit: 'of 100 players' }],
  timeline: [{ kind: 'end', id: 'end', title: 'Done', body: 'Thank you.' }],
  scenarios: [
    {
      id: 'toy-1',
      domain: 'sports',
      subdomain: 'chess',
      style: 'structured',
      background: 'Ann and Ben play chess.',
      conditions: [{ text: 'Ann won.' }],
      queries: [{ id: 'q1', text: 'How strong is Ann?', kind: 'rank', target: { entity: 'Ann' } }],
      source: 'human',
    },
  ],
};
const reportStudy = { slug: 'toy-study', title: 'A toy study', hash: 'abc', stage: 'simulated', nParticipants: 3 };
const report = {
  formatVersion: 1,
  id: 'demo',
  title: 'Demo',
  createdAt: '2026-01-02T03:04:05.000Z',
  seed: 1,
  version: '0.1.0',
  methods: ['One sentence.'],
  study: reportStudy,
  evaluation: [
    {
      source: 'base',
      sourceId: 'base',
      label: 'Base',
      n: 4,
      mae: estimate,
      divergence: null,
      byKind: { rank: { n: 4, mae: 12.5 } },
    },
  ],
  overlay: {
    scenarioId: 'toy-1',
    queryId: 'q1',
    background: 'Ann and Ben play chess.',
    conditions: ['Ann won.'],
    queryText: 'How strong is Ann?',
    kind: 'rank',
    series: [{ source: 'posterior', sourceId: 'program', label: 'Program', bins, mean: 50 }],
  },
  scatters: [],
  interval: { level: 0.95, replicates: 1000, unit: 'scenario', seed: 1 },
};
const summary = {
  versionId: 'version-1',
  slug: 'toy-study',
  version: '1',
  title: 'A toy study',
  description: 'Two questions.',
  hash: 'abc',
  scenarios: 1,
  queries: 1,
  participants: { simulated: 3 },
  responses: 48,
};
const { id, title, createdAt, seed } = report;
const keys = { isPersistent: true, notice: null, keys: [{ provider: 'anthropic', lastFour: 'wxyz' }] };
const safety = {
  backups: [{ number: 3, madeAt: '2026-01-02T03:04:05.000Z', sizeBytes: 40960 }],
  checkedAt: null,
  faults: [],
};
const lanStatus = {
  networks: [{ name: 'eth0', address: '192.168.1.4' }],
  open: { address: '192.168.1.4', port: 4100, url: 'http://192.168.1.4:4100/' },
  stations: [
    {
      stationId: 'station-1',
      label: 'LAB01',
      participantId: null,
      isPaired: true,
      isConnected: false,
      lastSeenAt: null,
      reuses: 0,
    },
  ],
};
const stationKey = {
  stationId: 'station-1',
  url: 'http://192.168.1.4:4100/#key=abc',
  code: 'AB12CD',
  qr: { size: 33, path: 'M4 4h1v1h-1z' },
};

const response = {
  clientSeq: 0,
  trialIndex: 2,
  scenarioId: 'toy-1',
  queryId: 'q1',
  rating: 62,
  inputMode: 'mouse',
  commitMs: 5120.5,
  adjustments: 2,
};

const place = {
  screen: {
    kind: 'check-in',
    languages: [
      { locale: 'en', title: 'Welcome', body: 'Type your code.' },
      { locale: 'de', title: 'Willkommen', body: 'Geben Sie Ihren Code ein.' },
    ],
    asksLabel: true,
  },
  state: 'invited',
  hold: null,
  index: 0,
  total: null,
  nextClientSeq: 0,
  participantId: 'participant-1',
  canGoBack: false,
  answers: [],
  locale: 'en',
  study: { title: 'A toy study', stage: 'pilot', hash: 'abc', locales: ['en', 'de'] },
  comfort: null,
};

const raw = {
  ...workspaceExamples,
  ...studyExamples,
  'app.info': { input: {}, output: { version: '0.1.0', mode: 'desktop', workspace: 'demo' } },
  'studies.list': { input: {}, output: [summary] },
  'studies.read': { input: { versionId: 'version-1' }, output: study },
  'sessions.open': { input: { versionId: 'version-1', stage: 'pilot', seed: 7 }, output: session },
  'sessions.list': { input: {}, output: [session] },
  'sessions.close': { input: { sessionId: 'session-1' }, output: session },
  'sessions.addParticipant': {
    input: { sessionId: 'session-1', label: 'Station 4' },
    output: { participantId: 'participant-1' },
  },
  'stations.open': { input: { participantId: 'participant-1' }, output: { address: null } },
  'keys.list': { input: {}, output: keys },
  'keys.set': { input: { provider: 'anthropic', key: 'sk-example-wxyz' }, output: keys },
  'keys.remove': { input: { provider: 'anthropic' }, output: { ...keys, keys: [] } },
  'safety.status': { input: {}, output: safety },
  'safety.backUp': { input: {}, output: safety },
  'safety.check': { input: {}, output: { ...safety, checkedAt: '2026-01-02T03:04:05.000Z' } },
  'safety.restore': {
    input: {},
    output: { database: 'backup', backup: 3, responses: 48, lostRecords: 0, setAside: ['credence.sqlite'] },
  },
  'sessions.participants': {
    input: { sessionId: 'session-1' },
    output: [{ participantId: 'participant-1', label: 'Station 4' }],
  },
  'participants.erase': { input: { participantId: 'participant-1', label: 'Station 4', reason: 'asked' }, output: {} },
  'lan.status': { input: {}, output: lanStatus },
  'lan.open': { input: { address: '192.168.1.4', port: 0, network: 'isolated' }, output: lanStatus },
  'lan.close': { input: {}, output: { ...lanStatus, open: null, stations: [] } },
  'stations.add': { input: { label: 'LAB01' }, output: stationKey },
  'stations.renew': { input: { stationId: 'station-1' }, output: stationKey },
  'stations.remove': { input: { stationId: 'station-1' }, output: lanStatus },
  'stations.seat': { input: { stationId: 'station-1', participantId: 'participant-1' }, output: lanStatus },
  'stations.clear': { input: { stationId: 'station-1' }, output: lanStatus },
  'events.next': { input: { after: -1 }, output: { last: 3, events: [{ name: 'studies.changed', payload: {} }] } },
  'reports.list': { input: {}, output: [{ id, title, createdAt, seed, study: reportStudy }] },
  'reports.read': { input: { id: 'demo' }, output: report },
  'sessions.monitor': {
    input: { sessionId: 'session-1' },
    output: {
      tiles: [
        {
          participantId: 'participant-1',
          label: 'Station 4',
          seat: 'LAB04',
          state: 'running',
          hold: null,
          index: 3,
          total: 9,
          activeSeconds: 120.5,
          heardSeconds: 2,
          inputSeconds: null,
          cell: 'list=A',
          flags: ['help'],
        },
      ],
      isGateOpen: true,
      balance: [{ cell: 'list=A', completed: 1, reserved: 1, ended: 0 }],
    },
  },
  'sessions.gate': { input: { sessionId: 'session-1', isOpen: false }, output: { isOpen: false } },
  'sessions.control': {
    input: { participantId: 'participant-1', act: 'pause' },
    output: { ok: true },
  },
  'sessions.balance': {
    input: { versionId: 'version-1', stage: 'live' },
    output: [{ cell: 'all', completed: 4, reserved: 0, ended: 1 }],
  },
  'sessions.preview': {
    input: { versionId: 'version-1', seed: 1 },
    output: { participantId: 'participant-2' },
  },
  'participants.withdraw': { input: { code: 'ABCDE-12345' }, output: { participantId: 'participant-1' } },
  'participant.screen': {
    input: {},
    output: place,
  },
  'participant.checkIn': {
    input: { locale: 'en' },
    output: place,
  },
  'participant.consent': {
    input: { trialIndex: 0, isGranted: true, boxes: {}, dwellMs: 5000, wasReadToEnd: true },
    output: place,
  },
  'participant.submit': { input: response, output: { clientSeq: 0, serverSeq: 17 } },
  'participant.advance': {
    input: { trialIndex: 2 },
    output: { place, outcome: 'next', wrong: [], acknowledgements: [{ clientSeq: 0, serverSeq: 17 }] },
  },
  'participant.back': { input: { trialIndex: 3 }, output: place },
  'participant.feedback': {
    input: { trialIndex: 2 },
    output: { feedback: [{ queryId: 'q1', verdict: 'within', text: 'Just so.' }] },
  },
  'participant.events': { input: { events: [{ type: 'hidden', trialIndex: 2, atMs: 900 }] }, output: { stored: 1 } },
  'participant.act': { input: { act: 'pause' }, output: place },
  'participant.dataChoice': { input: { trialIndex: 4, choice: 'use' }, output: place },
  'participant.heartbeat': {
    input: {},
    output: { ok: true, state: 'running', hold: null, index: 3 },
  },
  'participant.asset': { input: { name: 'court.png' }, output: { type: 'image/png', base64: 'AAAA' } },
};

/** The examples, checked against the table as they are loaded. */
export const procedureExamples = Object.fromEntries(
  Object.entries(raw).map(([name, example]) => {
    const { input, output } = PROCEDURES[name as ProcedureName];
    return [name, { ...example, input: input.parse(example.input), output: output.parse(example.output) }];
  }),
) as unknown as Examples;
