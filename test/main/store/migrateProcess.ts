/** Opens a workspace and is killed in the middle of a migration, at the statement it is told. */
import { openHost } from './openLab.ts';

const [folder, statement] = process.argv.slice(2);
process.env.CREDENCE_FAIL_POINT = `${statement}:kill`;
await openHost(folder);
