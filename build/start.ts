/** `npm start`: the desktop application, or, where Electron or a display is missing, the same screens in a browser. Flags are passed on. */
import { main } from '../main/cli.ts';
import { missingForDesktop } from '../main/commands/app.ts';

const missing = missingForDesktop();
if (missing) console.log(`start: ${missing}, so Credence opens in the browser instead`);
await main([missing ? 'serve' : 'app', ...process.argv.slice(2)]);
