/** The outbox keeps answers apart by participant and survives what it cannot read; sending is tried until the host answers. */
import { describe, expect, it } from 'vitest';
import { createOutbox, type Kept } from '../../../renderer/participant/outbox.ts';
import { untilReached } from '../../../renderer/participant/retry.ts';
import { InternalError, UserError } from '../../../shared/errors.ts';
import { texts } from './seatedHost.ts';

const kept: Kept = {
  trialIndex: 2,
  drafts: {},
  times: null,
  step: { name: 'participant.advance', input: { trialIndex: 2 } },
};

describe('createOutbox', () => {
  it('gives back what was kept, to the same participant only', () => {
    const storage = texts();
    createOutbox('one', storage).write(kept);
    expect(createOutbox('one', storage).read()).toEqual(kept);
    expect(createOutbox('two', storage).read()).toBeNull();
  });

  it('counts damaged text as nothing kept', () => {
    for (const text of ['{', 'null', '7', '[]', '{"drafts": 3}']) {
      const storage = texts();
      storage.setItem('credence-outbox-one', text);
      expect(createOutbox('one', storage).read(), text).toBeNull();
    }
  });

  it('keeps every refused step beside the others, and forgets all of it on request', () => {
    const storage = texts();
    const outbox = createOutbox('one', storage);
    outbox.write(kept);
    if (kept.step) {
      outbox.setAside(kept.step, 'first');
      outbox.setAside(kept.step, 'second');
    }
    expect(
      storage
        .getItem('credence-refused-one')
        ?.split('\n')
        .map((line) => JSON.parse(line).reason),
    ).toEqual(['first', 'second']);
    outbox.erase();
    expect([storage.getItem('credence-outbox-one'), storage.getItem('credence-refused-one')]).toEqual([null, null]);
  });
});

describe('untilReached', () => {
  const PASSING = [
    new TypeError('the host did not answer'),
    new InternalError('disk'),
    Object.assign(new UserError('too many calls'), { refusal: 'rate' }),
  ];

  it('waits longer after each failed attempt, up to 10 s, and goes on until an answer comes', async () => {
    const waits: number[] = [];
    let attempts = 0;
    const result = await untilReached(
      async () => {
        if (++attempts <= 8) throw PASSING[attempts % 3];
        return 'answer';
      },
      { onWait: () => undefined, wait: async (ms) => void waits.push(ms) },
    );
    expect(result).toBe('answer');
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
  });

  it('does not repeat what the host refused', async () => {
    for (const error of [
      new UserError('no'),
      Object.assign(new UserError('who are you?'), { refusal: 'unregistered' }),
    ]) {
      let attempts = 0;
      const attempt = async (): Promise<never> => {
        attempts++;
        throw error;
      };
      const options = { onWait: () => undefined, wait: async () => undefined };
      await expect(untilReached(attempt, options)).rejects.toBe(error);
      expect(attempts).toBe(1);
    }
  });
});
