/** The router, by iterating the table: every procedure is refused to every wrong sender and for every bad input, and each refusal is logged. */
import { describe, expect, it } from 'vitest';
import { CALL_RATES, createRouter, MAX_INPUT_BYTES, type Sender } from '../../../main/ipc/router.ts';
import type { RouterEvent } from '../../../main/ipc/routerEvent.ts';
import { type Caller, PROCEDURES, type ProcedureName, ROLES } from '../../../shared/api.ts';
import { UserError } from '../../../shared/errors.ts';
import { procedureExamples } from './procedureExamples.ts';

const NAMES = Object.keys(PROCEDURES) as ProcedureName[];
const ORIGIN = 'app://credence';

const callerFor = (role: Caller['role']): Caller =>
  role === 'researcher' ? { role } : { role, participantId: 'participant-1' };

const senderFor = (role: Caller['role'], change: Partial<Sender> = {}): Sender => ({
  id: 'window-1',
  caller: callerFor(role),
  origin: ORIGIN,
  expectedOrigin: ORIGIN,
  isMainFrame: true,
  ...change,
});

/** A router whose handlers record that they were reached and answer the example of the table. */
function setUp(answers: Partial<Record<ProcedureName, () => unknown>> = {}) {
  const events: RouterEvent[] = [];
  const reached: { name: string; input: unknown; caller: Caller }[] = [];
  const clock = { nowMs: 0 };
  const handlers = Object.fromEntries(
    NAMES.map((name) => [
      name,
      (input: unknown, caller: Caller) => {
        reached.push({ name, input, caller });
        const answer = answers[name];
        return answer ? answer() : procedureExamples[name].output;
      },
    ]),
  ) as Parameters<typeof createRouter>[0];
  const router = createRouter(handlers, { log: (event) => events.push(event), nowMs: () => clock.nowMs });
  return { router, events, reached, clock };
}

async function expectRefused(name: string, input: unknown, sender: Sender, reason: string): Promise<void> {
  const { router, events, reached } = setUp();
  const reply = await router.call(name, input, sender);
  expect(reply).toMatchObject({ ok: false, refusal: reason });
  expect(reached).toEqual([]);
  expect(events).toMatchObject([{ kind: 'refused', reason, sender: sender.id }]);
}

/** Every variant of `value` with one of its inner values replaced by what `change` gives for it, and where that is. */
function* variants(value: unknown, change: (inner: unknown) => unknown[], path = ''): Generator<[string, unknown]> {
  if (path !== '') for (const other of change(value)) yield [path, other];
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      for (const [where, other] of variants(item, change, `${path}[${i}]`)) yield [where, value.with(i, other)];
  } else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      for (const [where, other] of variants(item, change, `${path}.${key}`)) yield [where, { ...value, [key]: other }];
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe.each(NAMES)('%s', (name) => {
  const { role } = PROCEDURES[name];
  const example = procedureExamples[name];
  const sender = senderFor(role);

  it('answers a well-formed call of its own role', async () => {
    const { router, events, reached } = setUp();
    expect(await router.call(name, example.input, sender)).toEqual({ ok: true, value: example.output });
    expect(reached).toMatchObject([{ name, caller: sender.caller }]);
    expect(events).toEqual([]);
  });

  it('is refused to every other role and to a sender nobody registered', async () => {
    for (const other of ROLES.filter((candidate) => candidate !== role))
      await expectRefused(name, example.input, senderFor(other), 'role');
    await expectRefused(name, example.input, senderFor(role, { caller: null }), 'unregistered');
  });

  it('is refused to a wrong, similar, opaque or missing origin', async () => {
    for (const origin of ['https://example.org', `${ORIGIN}.evil`, `${ORIGIN}:80`, 'app://', 'null', '', null])
      await expectRefused(name, example.input, senderFor(role, { origin }), 'origin');
  });

  it('is refused to a sub-frame', () =>
    expectRefused(name, example.input, senderFor(role, { isMainFrame: false }), 'sub-frame'));

  it('refuses an input that is too large or nested too deep', async () => {
    const large = { ...example.input, padding: 'x'.repeat(MAX_INPUT_BYTES[role] + 1) };
    await expectRefused(name, large, sender, 'oversize');
    let deep: unknown = 0;
    for (let i = 0; i < 40; i++) deep = [deep];
    await expectRefused(name, { ...example.input, padding: deep }, sender, 'oversize');
  });

  it('refuses an extra key, a prototype key and values that are not plain data', async () => {
    await expectRefused(name, { ...example.input, extra: 1 }, sender, 'input');
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const withKey = JSON.parse(`{"${key}": {"role": "researcher"}}`);
      await expectRefused(
        name,
        Object.assign(Object.create(null), example.input, { nested: withKey }),
        sender,
        'input',
      );
      const own = { ...example.input };
      Object.defineProperty(own, key, { value: {}, enumerable: true });
      await expectRefused(name, own, sender, 'input');
    }
    for (const value of [new Date(0), new Map(), Buffer.from('x'), () => 0, Symbol('x'), 1n])
      await expectRefused(name, { ...example.input, extra: value }, sender, 'input');
  });

  it('refuses NaN, infinities, wrong types and missing keys at every place of its input', async () => {
    for (const input of [undefined, null, 0, 'text', [], [example.input], true])
      await expectRefused(name, input, sender, 'input');
    const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);
    for (const [key, given] of Object.entries(example.input)) {
      const wrong = [{}, [], true].filter((value) => typeOf(value) !== typeOf(given));
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, ...wrong])
        await expectRefused(name, { ...example.input, [key]: value }, sender, 'input');
      const missing = Object.fromEntries(Object.entries(example.input).filter(([other]) => other !== key));
      await expectRefused(name, missing, sender, 'input');
    }
  });

  it('refuses numbers that are none, prototype keys and keys nobody declared at every depth of its input', async () => {
    const { input } = example;
    for (const [where, other] of variants(input, () => [Number.NaN, Number.POSITIVE_INFINITY, Symbol('x'), 1n]))
      await expectRefused(name, other, sender, 'input').catch((error) => expect.fail(`${where}: ${error.message}`));
    const withKey = (inner: unknown): unknown[] =>
      isRecord(inner) ? [JSON.parse(`{"__proto__": {"role": "researcher"}}`), { ...inner, extra: 1 }] : [];
    for (const [where, other] of variants(input, withKey))
      await expectRefused(name, other, sender, 'input').catch((error) => expect.fail(`${where}: ${error.message}`));
  });

  it('refuses a wrong type at every depth of its input', async () => {
    const wrong = (inner: unknown): unknown[] =>
      typeof inner === 'string' || inner === null
        ? [{ a: 'text' }, [7]]
        : typeof inner === 'number'
          ? ['7', []]
          : ['text', 7];
    for (const [where, other] of variants(example.input, wrong))
      await expectRefused(name, other, sender, 'input').catch((error) => expect.fail(`${where}: ${error.message}`));
  });

  it('answers an internal error, without details, when the handler answers outside the schema', async () => {
    const { router, events } = setUp({ [name]: () => ({ secret: 'sk-canary' }) });
    const reply = await router.call(name, example.input, sender);
    expect(reply).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('canary');
    expect(events).toMatchObject([{ kind: 'failed', procedure: name }]);
  });
});

describe('the router', () => {
  it('refuses names outside the table, also those every object has', async () => {
    for (const name of ['studies.drop', '__proto__', 'constructor', 'toString', '', 'studies.list '])
      await expectRefused(name, {}, senderFor('researcher'), 'unknown-procedure');
  });

  it('refuses the calls beyond the burst and serves again as time passes', async () => {
    const { router, events, clock } = setUp();
    const call = () => router.call('participant.heartbeat', {}, senderFor('participant'));
    for (let i = 0; i < CALL_RATES.participant.burst; i++) expect(await call()).toMatchObject({ ok: true });
    expect(await call()).toMatchObject({ ok: false, refusal: 'rate' });
    expect(events).toMatchObject([{ reason: 'rate' }]);
    clock.nowMs += 1000 / CALL_RATES.participant.perSecond;
    expect(await call()).toMatchObject({ ok: true });
    expect(await call()).toMatchObject({ ok: false, refusal: 'rate' });
  });

  it('counts each sender by itself', async () => {
    const { router } = setUp();
    for (let i = 0; i < CALL_RATES.participant.burst + 1; i++)
      await router.call('participant.heartbeat', {}, senderFor('participant'));
    const other = senderFor('participant', { id: 'window-2' });
    expect(await router.call('participant.heartbeat', {}, other)).toMatchObject({ ok: true });
  });

  it('passes a UserError with its hint, and hides what any other error says', async () => {
    const user = setUp({
      'studies.read': () => {
        throw new UserError('studies.read: no version "v9"', { hint: 'studies.list names them' });
      },
    });
    expect(await user.router.call('studies.read', { versionId: 'v9' }, senderFor('researcher'))).toEqual({
      ok: false,
      error: { kind: 'user', message: 'studies.read: no version "v9"', hint: 'studies.list names them' },
    });
    const internal = setUp({
      'studies.list': () => {
        throw new Error('ENOENT: /home/somebody/credence.sqlite');
      },
    });
    const reply = await internal.router.call('studies.list', {}, senderFor('researcher'));
    expect(reply).toEqual({ ok: false, error: { kind: 'internal', message: 'studies.list failed; the log says why' } });
    expect(internal.events[0].detail).toContain('ENOENT');
  });
});
