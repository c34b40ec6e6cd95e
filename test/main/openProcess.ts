/** Opens a workspace, tells whether it got it, and keeps it until its parent goes. */
import { UserError } from '../../shared/errors.ts';
import { openHost } from './store/openLab.ts';

const [folder] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
try {
  await openHost(folder);
  process.send?.({ isOpen: true, message: '' });
} catch (error) {
  process.send?.({ isOpen: false, message: error instanceof UserError ? error.message : `unexpected: ${error}` });
}
