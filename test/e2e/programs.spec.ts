/**
 * Programs in hidden windows: the attack set, and a table of what holds when layers are off. It runs on Electron or its stand-in; the
 * stand-in's Chromium proves content policy, realm, worker and replacement, but neither the operating system's sandbox nor memory figures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { bundleScript } from '../../build/programPage.config.ts';
import { scratchFolder } from '../scratch.ts';
import type { WindowCase, WindowOutcome, WindowPlan } from './programApp/run.ts';
import { desktopEnvironment, electronProgram } from './surface.ts';

const APPLICATION = join(import.meta.dirname, 'programApp');
const read = (path: string): { name: string; source: string }[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', path), 'utf8'));

/** Runs plans in one application and gives the outcomes of each. */
function runPlans(plans: readonly WindowPlan[]): WindowOutcome[][] {
  const file = join(scratchFolder(), 'plans.json');
  writeFileSync(file, JSON.stringify(plans));
  const text = execFileSync(electronProgram(), [APPLICATION], {
    env: { ...desktopEnvironment(), CREDENCE_WINDOW_PLANS: file, CREDENCE_CANARY: 'secret' },
    maxBuffer: 2 ** 27,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(String(text));
}

/** A server that counts everything that reaches it, and a file nobody may write. */
async function openCanaries(): Promise<{ server: Server; port: number; reached: () => number; file: string }> {
  let count = 0;
  const server = createServer((_, response) => response.end());
  server.on('connection', () => count++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server,
    port: (server.address() as AddressInfo).port,
    reached: () => count,
    file: join(scratchFolder(), 'canary'),
  };
}

/** Plain JavaScript that tries to have an effect outside the window; each ends when the attempt has been made. */
const effectsOn = (port: number): readonly WindowCase[] => {
  const url = `http://127.0.0.1:${port}/`;
  const tries: Readonly<Record<string, string>> = {
    fetch: `fetch('${url}', {mode: 'no-cors'}).then(() => 'REACHED', () => 'refused')`,
    XMLHttpRequest: `(() => { const x = new XMLHttpRequest(); x.open('GET', '${url}', false); x.send(); return 'REACHED'; })()`,
    importScripts: `(importScripts('${url}'), 'REACHED')`,
    EventSource: `new Promise((done) => { const e = new EventSource('${url}'); e.onopen = () => done('REACHED'); e.onerror = () => done('refused'); })`,
    'another worker': `new Promise((done) => { const w = new Worker('${url}'); w.onerror = () => done('refused'); w.onmessage = () => done('REACHED'); })`,
    'own files by fetch': "fetch('/page.js').then(() => 'REACHED', () => 'refused')",
    'a local file': "fetch('file:///etc/passwd').then(() => 'REACHED', () => 'refused')",
    eval: '(0, eval)(\'"REACHED"\')',
    Function: '(function () {}).constructor(\'return "REACHED"\')()',
    WebSocket: `new Promise((done) => { const s = new WebSocket('ws://127.0.0.1:${port}/'); s.onopen = () => done('REACHED'); s.onerror = () => done('refused'); })`,
    Node: "typeof process === 'undefined' && typeof require === 'undefined' ? 'refused' : 'REACHED'",
    peers: "typeof RTCPeerConnection === 'undefined' ? 'refused' : 'REACHED'",
  };
  return Object.entries(tries).map(([name, source]) => ({ name, source, options: { maxSeconds: 5 } }));
};

const openRealm = (cases: readonly WindowCase[]): WindowCase[] =>
  cases.map((each) => ({ ...each, source: `//no-realm\n${each.source}` }));

async function bundleRawWorker(): Promise<string> {
  const folder = scratchFolder();
  await build(bundleScript(join(APPLICATION, 'rawWorker.ts'), folder, { name: 'raw.js', format: 'iife' }));
  return join(folder, 'raw.js');
}

test('every attack ends in a typed error, a limit or a harmless result', () => {
  test.setTimeout(240_000);
  const attacks = [...read('fixtures/attacks/attacks.json'), ...read('attacks/moreAttacks.json')];
  const options = { samples: 20, maxExecutions: 5_000, maxSeconds: 3 };
  const [outcomes] = runPlans([{ cases: attacks.map((each) => ({ ...each, options })), hasPolicy: true }]);
  expect(outcomes).toHaveLength(attacks.length);
  expect(outcomes.filter(({ kind }) => kind !== 'result' && kind !== 'UserError')).toEqual([]);
  for (const { kind, message } of outcomes) if (kind === 'UserError') expect(message).toMatch(/^(program|infer): /);
});

test('with layers off, one at a time and together, nothing outside is reached', async () => {
  test.setTimeout(120_000);
  const { server, port, reached, file } = await openCanaries();
  const worker = await bundleRawWorker();
  const effects = effectsOn(port);
  // Without a policy the window's session stops requests; code from strings then has no effect outside either, but is made.
  const requests = effects.filter(
    ({ name }) => !['eval', 'Function', 'own files by fetch', 'WebSocket'].includes(name),
  );
  const rows: readonly (WindowPlan & { readonly off: string })[] = [
    { off: 'gate and code generation', worker, hasPolicy: true, cases: effects },
    { off: 'gate, code generation and realm', worker, hasPolicy: true, cases: openRealm(effects) },
    { off: 'gate, code generation and policy', worker, hasPolicy: false, cases: effects },
    { off: 'gate, code generation, realm and policy', worker, hasPolicy: false, cases: openRealm(requests) },
  ];
  const control = { worker, hasPolicy: false, cases: openRealm(effects.filter(({ name }) => name === 'eval')) };
  const [[witness], ...tables] = runPlans([control, ...rows]);
  expect(witness.message, 'the table can fail: with everything off, code from strings is made').toContain('REACHED');
  tables.forEach((outcomes, i) => {
    const through = outcomes.filter(({ message }) => message.includes('REACHED')).map(({ name }) => name);
    console.log(`off: ${rows[i].off}: ${outcomes.length} attempts, reached: ${through.join(', ') || 'nothing'}`);
    expect(outcomes).toHaveLength(rows[i].cases.length);
    expect(through, rows[i].off).toEqual([]);
  });
  server.close();
  expect(reached()).toBe(0);
  expect(existsSync(file)).toBe(false);
});

test('a window that hangs or dies is replaced, and the next program is served', async () => {
  test.setTimeout(120_000);
  const worker = await bundleRawWorker();
  const options = { maxSeconds: 0.5 };
  const bombs = [
    { name: 'loop', source: '(function () { for (;;) {} })()' },
    { name: 'recursion', source: '(function f() { return 1 + f(); })()' },
    { name: 'text', source: "(function () { var s = 'ab'; for (;;) s += s; })()" },
    { name: 'list', source: '(function () { var a = []; for (;;) a.push(1.5); })()' },
  ];
  const cases = bombs.flatMap((bomb) => [
    { ...bomb, options },
    { name: `after ${bomb.name}`, source: '40 + 2', options: { maxSeconds: 10 } },
  ]);
  const [outcomes] = runPlans([{ worker, hasPolicy: true, cases }]);
  for (const { name, kind, message } of outcomes)
    if (name.startsWith('after')) expect(JSON.parse(message).queries.value.support, name).toEqual([42]);
    else expect(kind, name).toBe('UserError');
  const after = outcomes.filter(({ name }) => name.startsWith('after')).map(({ seconds }) => seconds.toFixed(2));
  console.log(`next program served after ${after.join(', ')} s`);
});
