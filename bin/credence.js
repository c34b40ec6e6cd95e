#!/usr/bin/env node
// Starts the command line under a Node the application supports: this one, else the one in node_modules, else says which is needed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = join(root, 'dist', 'main', 'cli.js');

const [major, minor] = process.versions.node.split('.').map(Number);
const recent = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);

if (!existsSync(entry)) {
  console.error(`credence: ${entry} is missing. Build it with: npm run build`);
  process.exit(1);
} else if (recent) {
  const { main } = await import(entry);
  await main(process.argv.slice(2));
} else {
  const packaged = join(root, 'node_modules', '.bin', 'node');
  if (!existsSync(packaged)) {
    console.error(
      `credence: Node ${NEEDED.join('.')} or newer is needed, this is ${process.versions.node}. Install it, or run npm ci again.`,
    );
    process.exit(1);
  }
  const child = spawn(packaged, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
