/** The outbox keeps answers apart by participant and survives what it cannot read; sending is tried until the host answers. */
import { describe, expect, it } from 'vitest';
import { createOutbox } from '../../../renderer/participant/outbox.ts';
import { untilReached } from '../../../renderer/participant/retry.ts';
import { UserError } from '../../../shared/errors.ts';
import { texts } from './participantHost.ts';

describe('createOutbox', () => {
  it('gives back what was kept, to the same participant only', () => {
    const storage = texts();
    const kept = { trialIndex: 2, drafts: {}, waiting: [], isLeaving: false };
    createOutbox('one', storage).write(kept);
    expect(createOutbox('one', storage).read()).toEqual(kept);
    expect(createOutbox('two', storage).read()).toBeNull();
  });

  it('counts damaged text as nothing kept', () => {
    for (const text of ['{', 'null', '7', '[]', '{"waiting": 3}']) {
      const storage = texts();
      storage.setItem('credence-outbox-one', text);
      expect(createOutbox('one', storage).read(), text).toBeNull();
    }
  });
});

describe('untilReached', () => {
  it('waits longer after each failed connection, up to 30 s, and goes on until an answer comes', async () => {
    const waits: number[] = [];
    let attempts = 0;
    const result = await untilReached(
      async () => {
        if (++attempts <= 9) throw new TypeError('Failed to fetch');
        return 'answer';
      },
      { onWait: () => undefined, wait: async (ms) => void waits.push(ms) },
    );
    expect(result).toBe('answer');
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('does not repeat what the host refused', async () => {
    let attempts = 0;
    const attempt = async (): Promise<never> => {
      attempts++;
      throw new UserError('no');
    };
    const options = { onWait: () => undefined, wait: async () => undefined };
    await expect(untilReached(attempt, options)).rejects.toThrow('no');
    expect(attempts).toBe(1);
  });
});
