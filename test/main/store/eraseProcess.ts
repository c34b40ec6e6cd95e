/** Erases a participant and is killed on the way, at the step it is told. */
import { openHost } from './openLab.ts';

const [folder, participantId, step] = process.argv.slice(2);
const host = await openHost(folder);
process.env.CREDENCE_FAIL_POINT = `${step}:1:kill`;
host.eraseParticipant(participantId, 'asked for it');
