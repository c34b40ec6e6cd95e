/** The lab network over real sockets: off by default, stations paired once, participants only, and the same stations after a crash. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVENT_LOG } from '../../../main/eventLog.ts';
import type { StationKey } from '../../../shared/lan.ts';
import { answer } from '../smallStudy.ts';
import { type Lab, openLab, researcher } from '../store/openLab.ts';
import { createStationBrowser, keyOf, type StationBrowser } from './stationBrowser.ts';

const ADDRESS = '127.0.0.1';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab(2, 0);
});
afterEach(() => lab.remove());

const open = async (port = 0): Promise<string> => {
  const status = await lab.host.handlers['lan.open']({ address: ADDRESS, port, network: 'isolated' }, researcher);
  return status.open?.url ?? '';
};
const status = async () => lab.host.handlers['lan.status']({}, researcher);
const add = async (label = 'LAB01'): Promise<StationKey> => lab.host.handlers['stations.add']({ label }, researcher);
const seat = async (stationId: string, person = 0) =>
  lab.host.handlers['stations.seat']({ stationId, participantId: lab.participantIds[person] }, researcher);

async function pairedBrowser(url: string, label = 'LAB01'): Promise<{ browser: StationBrowser; stationId: string }> {
  const key = await add(label);
  const browser = createStationBrowser(url);
  expect(await browser.enter(keyOf(key.url))).toBe(200);
  return { browser, stationId: key.stationId };
}

const eventually = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 30_000, interval: 20 });

describe('the lab network', () => {
  it('is closed until it is opened, on one address, and closed again', async () => {
    expect(await status()).toMatchObject({ open: null, stations: [] });
    expect((await status()).networks).toContainEqual({ name: 'lo', address: ADDRESS });
    expect(() => lab.host.handlers['stations.add']({ label: 'LAB01' }, researcher)).toThrow(
      'the lab network is closed',
    );
    const url = await open();
    expect(await createStationBrowser(url).send('/')).toMatchObject({ status: 200 });
    await expect(open()).rejects.toThrow(`the lab network is open at ${url} already`);
    // Of all addresses of this machine only the chosen one listens.
    const { port } = new URL(url);
    for (const { address, family } of Object.values(networkInterfaces()).flatMap((entries) => entries ?? []))
      if (family === 'IPv4' && address !== ADDRESS)
        await expect(createStationBrowser(`http://${address}:${port}/`, address).send('/')).rejects.toThrow();
    await expect(createStationBrowser(`http://127.0.0.2:${port}/`, '127.0.0.2').send('/')).rejects.toThrow();
    await lab.host.handlers['lan.close']({}, researcher);
    await expect(createStationBrowser(url).send('/')).rejects.toThrow();
    expect(existsSync(lab.paths.stations)).toBe(false);
  });

  it('signs a station in though the disk refuses to keep it', async () => {
    const url = await open();
    const key = await add();
    rmSync(lab.paths.stations);
    mkdirSync(lab.paths.stations);
    const browser = createStationBrowser(url);
    expect(await browser.enter(keyOf(key.url))).toBe(200);
    await seat(key.stationId);
    expect(await browser.call('participant.screen', {})).toMatchObject({ ok: true });
    expect(readFileSync(join(lab.paths.root, EVENT_LOG), 'utf8')).toContain('the stations could not be kept');
    rmSync(lab.paths.stations, { recursive: true });
  });

  it('says why it cannot be opened', async () => {
    const other = createServer().listen(0, ADDRESS);
    await new Promise((resolve) => other.once('listening', resolve));
    const bound = other.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    await expect(open(port)).rejects.toMatchObject({
      message: `port ${port} of ${ADDRESS} is in use`,
      hint: 'choose another with --port, or 0 for any',
    });
    other.close();
    await expect(
      lab.host.handlers['lan.open']({ address: '203.0.113.7', port: 0, network: 'isolated' }, researcher),
    ).rejects.toMatchObject({ message: '203.0.113.7 is no address of this machine', hint: /choose one of 1/ });
    expect((await status()).open).toBeNull();
  });
});

describe('a station', () => {
  it('is opened once, by its address or by its code however it is typed', async () => {
    const url = await open();
    const [first, second] = [await add('LAB01'), await add('LAB02')];
    expect(first.url).toBe(`${url}#key=${keyOf(first.url)}`);
    expect(second.code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
    const browser = createStationBrowser(url);
    expect(await browser.enter(keyOf(first.url))).toBe(200);
    const typed = ` ${second.code.slice(0, 3).toLowerCase()}-${second.code.slice(3)} `;
    expect(await createStationBrowser(url, '127.0.0.3').enter(typed)).toBe(200);
    expect((await status()).stations).toMatchObject([
      { label: 'LAB01', isPaired: true, reuses: 0 },
      { label: 'LAB02', isPaired: true, reuses: 0 },
    ]);
    const thief = createStationBrowser(url, '127.0.0.4');
    for (const used of [keyOf(first.url), first.code]) expect(await thief.enter(used)).toBe(401);
    expect(thief.cookie).toBeUndefined();
    expect((await status()).stations[0].reuses, 'the researcher sees it').toBe(2);
    expect(() => lab.host.handlers['stations.add']({ label: 'LAB01' }, researcher)).toThrow(
      'there is a station LAB01 already',
    );
  });

  it('draws its address as a QR code', async () => {
    await open();
    const { url, qr } = await add();
    // The three finder patterns: a dark corner each, and the light square inside.
    for (const corner of ['M4 4h', `M${qr.size - 5} 4h`, `M4 ${qr.size - 5}h`]) expect(qr.path).toContain(corner);
    expect(qr.path).not.toContain('M5 5h');
    expect(url.length).toBeLessThan(80);
  });

  it('waits until somebody is seated, then is theirs, and never another’s', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    expect(await browser.call('participant.screen', {})).toMatchObject({ ok: false, refusal: 'unseated' });
    await seat(stationId, 0);
    expect(await browser.call('participant.screen', {})).toMatchObject({
      ok: true,
      value: { participantId: lab.participantIds[0] },
    });
    expect(await browser.call('participant.submit', answer(0))).toMatchObject({ ok: true, value: { clientSeq: 0 } });
    expect(lab.responses()).toMatchObject([{ participantId: lab.participantIds[0], clientSeq: 0 }]);
    const other = await pairedBrowser(url, 'LAB02');
    await seat(other.stationId, 0);
    expect(await browser.call('participant.screen', {}), 'moved away').toMatchObject({ refusal: 'unseated' });
    expect(await other.browser.call('participant.screen', {})).toMatchObject({ ok: true, value: { nextClientSeq: 1 } });
    expect(() => lab.host.handlers['stations.seat']({ stationId, participantId: 'nobody' }, researcher)).toThrow(
      'no participant nobody',
    );
    expect(() => lab.host.handlers['stations.clear']({ stationId: 'station-9' }, researcher)).toThrow(
      'no station station-9',
    );
  });

  it('reaches the participant’s procedures and nothing else', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    await seat(stationId);
    for (const name of ['studies.list', 'lan.status', 'stations.open', 'events.next', '__proto__', 'x'.repeat(200)])
      expect((await browser.post(`/api/${encodeURIComponent(name)}`, {})).status, name).toBe(404);
    for (const path of ['/index.html', '/participant/', '/..%2fpackage.json', '/participant.html'])
      expect((await browser.send(path)).status, path).toBe(404);
  });

  it('is told at once when something changes, over one live channel', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    const first = await browser.live();
    await eventually(async () => (await status()).stations[0].isConnected).toBe(true);
    const told = new Promise((resolve) => first.once('message', (data) => resolve(String(data))));
    await seat(stationId);
    expect(await told).toBe('changed');
    const second = await browser.live();
    const closed = await new Promise((resolve) => first.once('close', resolve));
    expect(closed, 'another page took its place').toBe(4000);
    second.send('anything');
    expect(await new Promise((resolve) => second.once('close', resolve)), 'a page has nothing to say').toBe(1008);
    await eventually(async () => (await status()).stations[0].isConnected).toBe(false);
  });

  it('is signed out when its key is renewed or it is removed', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    const channel = await browser.live();
    const renewed = await lab.host.handlers['stations.renew']({ stationId }, researcher);
    expect(await new Promise((resolve) => channel.once('close', resolve))).toBe(4001);
    expect((await browser.post('/api/participant.heartbeat', {})).status).toBe(401);
    expect(await browser.enter(renewed.code)).toBe(200);
    await lab.host.handlers['stations.remove']({ stationId }, researcher);
    await eventually(async () => (await browser.post('/api/participant.heartbeat', {})).status).toBe(401);
    expect((await status()).stations).toEqual([]);
  });
});

describe('after a crash', () => {
  it('of the LAN process the same browser goes on at the same address', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    await seat(stationId);
    expect(await browser.call('participant.submit', answer(0))).toMatchObject({ ok: true });
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);
    const lan = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lan/serve'));
    process.kill(lan ?? 0, 'SIGKILL');
    await eventually(() => browser.call('participant.heartbeat', {}).catch(() => null)).toMatchObject({ ok: true });
    expect(await browser.call('participant.submit', answer(0)), 'sent again').toMatchObject({ ok: true });
    expect(lab.responses()).toHaveLength(1);
    expect(readFileSync(join(lab.folder, EVENT_LOG), 'utf8')).toContain('the LAN process ended (SIGKILL)');
  });

  it('of the host the same browsers go on; after an orderly end nothing is open', async () => {
    const url = await open();
    const { browser, stationId } = await pairedBrowser(url);
    await seat(stationId);
    const kept = `${lab.paths.stations}.kept`;
    copyFileSync(lab.paths.stations, kept);
    expect(readFileSync(kept, 'utf8')).not.toContain(browser.cookie?.split('=')[1]);
    await lab.reopen();
    expect(await status()).toMatchObject({ open: null, stations: [] });
    await expect(browser.send('/')).rejects.toThrow();
    // What a killed host leaves.
    await lab.host.close();
    copyFileSync(kept, lab.paths.stations);
    rmSync(kept);
    await lab.reopen();
    expect((await status()).open?.url).toBe(url);
    expect(await browser.call('participant.screen', {})).toMatchObject({ ok: true });
  });

  it('a network that cannot be opened again keeps nobody from starting', async () => {
    const url = await open();
    const kept = readFileSync(lab.paths.stations);
    await lab.host.close();
    writeFileSync(lab.paths.stations, kept);
    const other = createServer().listen(Number(new URL(url).port), ADDRESS);
    await new Promise((resolve) => other.once('listening', resolve));
    await lab.reopen();
    expect(await status()).toMatchObject({ open: null, stations: [] });
    expect(readFileSync(join(lab.folder, EVENT_LOG), 'utf8')).toContain('could not be opened again');
    other.close();
  });
});
