/** A study as a recruiter sends people to it, as a folder: a device check with sound, a picture and a recording, and the way back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../scratch.ts';
import { toyStudy } from '../toyStudy.ts';

/** Where people are led back to; nothing answers there but the test. */
export const RECRUITER = 'https://recruiter.example';

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160"><rect width="320" height="160" fill="#dfe7ee"/><circle cx="160" cy="80" r="56" fill="#3b6ea5"/></svg>';

/** A quarter of a second of a tone: 8,000 samples a second of 8 bits each. */
function recording(): Buffer {
  const samples = Buffer.from(Array.from({ length: 2000 }, (_, i) => 128 + Math.round(60 * Math.sin(i / 3))));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ])
    header.writeUInt16LE(value, at);
  for (const at of [24, 28]) header.writeUInt32LE(8000, at);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** Writes the study and gives its folder. */
export function recruitedStudy(): string {
  const folder = scratchFolder();
  const { scenarios, timeline, ...toy } = toyStudy();
  const device = {
    kind: 'device',
    id: 'device',
    title: 'Your device',
    body: 'Let us see whether everything works.',
    minWidthPx: 320,
    minHeightPx: 400,
    needs: ['keyboard', 'pointer', 'sound'],
  };
  const consent = { kind: 'consent', id: 'consent', title: 'Taking part', body: 'Two short texts.', version: '1' };
  const file = {
    ...toy,
    slug: 'recruited',
    title: 'Recruited',
    checkIn: { title: 'Welcome', body: 'Thank you for coming.', asksLabel: false },
    timeline: [device, consent, ...timeline],
    stimuli: {
      'ann-won': [{ kind: 'image', asset: 'disc.svg', alternative: 'A blue disc' }],
      'ann-lost': [{ kind: 'audio', asset: 'tone.wav', alternative: 'A short tone' }],
    },
    completion: { codes: { completed: 'C0DE' }, redirect: `${RECRUITER}/done?cc={code}&pid={PROLIFIC_PID}` },
  };
  writeFileSync(join(folder, 'study.json'), JSON.stringify(file));
  writeFileSync(join(folder, 'items.jsonl'), scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'disc.svg'), PICTURE);
  writeFileSync(join(folder, 'assets', 'tone.wav'), recording());
  return folder;
}
