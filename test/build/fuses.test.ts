/** Fuses: each is set as the table says, in every slice of a binary, and a binary that is not as expected stops the packaging. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FUSES, readFuses, setFuses } from '../../build/fuses.ts';
import { fusedBinary, UNSET_WIRE } from '../electronStandIn/electronFolder.ts';

const folder = mkdtempSync(join(tmpdir(), 'credence-fuses-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(...slices: Buffer[]): string {
  const path = join(folder, 'electron');
  writeFileSync(path, Buffer.concat(slices));
  return path;
}

it('sets every fuse and changes nothing else', () => {
  const path = write(fusedBinary(UNSET_WIRE));
  setFuses(path);
  const expected = Object.fromEntries(Object.entries(FUSES).map(([name, isOn]) => [name, isOn ? '1' : '0']));
  expect(readFuses(path)).toEqual(expected);
  expect(readFileSync(path)).toEqual(fusedBinary('010011001'));
});

it('sets both slices of a universal binary', () => {
  const path = write(fusedBinary(UNSET_WIRE), fusedBinary(UNSET_WIRE));
  setFuses(path);
  expect(readFileSync(path)).toEqual(Buffer.concat([fusedBinary('010011001'), fusedBinary('010011001')]));
});

it('stops at a fuse that nobody has decided, and where there is no wire', () => {
  const longer = write(fusedBinary(`${UNSET_WIRE}0`));
  expect(() => setFuses(longer)).toThrow('has 10 fuses (wire version 1), the table decides 9; decide the others first');
  expect(readFileSync(longer)).toEqual(fusedBinary(`${UNSET_WIRE}0`));
  expect(() => setFuses(write(Buffer.from('no wire')))).toThrow("has no fuse wire; is it Electron's binary?");
});
