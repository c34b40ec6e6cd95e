/** Limits per address: what a stranger may hold, ask and try, and the room that a paired station brings to its address. */
import { describe, expect, it } from 'vitest';
import { createStrangers } from '../../../main/processes/lan/strangers.ts';

function setUp() {
  const clock = { nowMs: 0 };
  const strangers = createStrangers(() => clock.nowMs);
  const count = (attempt: () => boolean, most = 2000): number => {
    let done = 0;
    while (done < most && attempt()) done++;
    return done;
  };
  return { clock, strangers, count };
}

describe('connections', () => {
  it('are 16 of one stranger and 64 of all, and come back when they end', () => {
    const { strangers, count } = setUp();
    expect(count(() => strangers.connect('a'))).toBe(16);
    strangers.disconnect('a');
    expect(count(() => strangers.connect('a'))).toBe(1);
    for (const remote of ['b', 'c', 'd']) expect(count(() => strangers.connect(remote))).toBe(16);
    expect(strangers.connect('e')).toBe(false);
    for (let i = 0; i < 16; i++) strangers.disconnect('b');
    expect(count(() => strangers.connect('e'))).toBe(16);
  });

  it('of a paired station are let in while strangers hold all of theirs', () => {
    const { strangers, count } = setUp();
    strangers.connect('station');
    strangers.know('station', 'station-1');
    for (const remote of ['a', 'b', 'c', 'd', 'e']) count(() => strangers.connect(remote));
    expect(strangers.connect('f')).toBe(false);
    expect(
      count(() => strangers.connect('station')),
      '16 and 16 for its station',
    ).toBe(31);
  });

  it('get their room where the station was last heard from, and nowhere else', () => {
    const { strangers, count } = setUp();
    for (const remote of ['a', 'b', 'c']) strangers.know(remote, 'station-1');
    expect(count(() => strangers.connect('a'))).toBe(16);
    expect(count(() => strangers.connect('c'))).toBe(32);
    strangers.know('a', 'station-1');
    for (let i = 0; i < 16; i++) strangers.disconnect('a');
    for (let i = 0; i < 32; i++) strangers.disconnect('c');
    strangers.know('z', 'station-1');
    for (const remote of ['b', 'c', 'd', 'e'])
      expect(
        count(() => strangers.connect(remote)),
        remote,
      ).toBe(16);
    expect(strangers.connect('f'), 'the account balances').toBe(false);
  });
});

describe('requests', () => {
  it('of one stranger, of all strangers, and of a station are counted apart', () => {
    const { clock, strangers, count } = setUp();
    strangers.know('station', 'station-1');
    expect(count(() => strangers.request('a'))).toBe(300);
    expect(count(() => strangers.request('b'))).toBe(300);
    expect(
      count(() => strangers.request('c')),
      'what all strangers have left',
    ).toBe(198);
    expect(
      count(() => strangers.request('station')),
      'twice the burst',
    ).toBe(599);
    clock.nowMs += 1000;
    expect(count(() => strangers.request('a'))).toBe(100);
  });
});

describe('keys', () => {
  it('may fail five times, then the address is not heard for ten minutes', () => {
    const { clock, strangers, count } = setUp();
    for (let i = 0; i < 20; i++) {
      expect(strangers.attempt('station'), 'good keys do not count').toBe(true);
      strangers.succeed('station');
    }
    expect(count(() => strangers.attempt('a'))).toBe(5);
    clock.nowMs += 590_000;
    expect(strangers.attempt('a')).toBe(false);
    expect(strangers.attempt('b')).toBe(true);
    clock.nowMs += 11_000;
    expect(strangers.attempt('a')).toBe(true);
  });
});
