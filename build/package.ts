/**
 * `npm run package [-- --dir …]`: packages of what was built, by electron-builder, whose flags are passed on. An Electron folder of this
 * machine is used where there is one and the package is for this system; else electron-builder downloads it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findElectron } from '../main/electronBinary.ts';
import { electronFlags, explainDownload } from './electronSource.ts';
import { root } from './tool.ts';

async function run(args: readonly string[]): Promise<number> {
  const flags = electronFlags(args, findElectron());
  console.log(
    `package: ${flags.length > 0 ? `Electron of this machine (${flags[0]})` : 'Electron will be downloaded'}`,
  );
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      '--config',
      'build/package.config.ts',
      '--publish',
      'never',
      ...flags,
      ...args,
    ],
    { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const)
    from.on('data', (chunk: Buffer) => {
      output += chunk;
      to.write(chunk);
    });
  const [code] = await once(child, 'close');
  const explained = code === 0 || flags.length > 0 ? undefined : explainDownload(output);
  if (explained) console.error(explained);
  return Number(code ?? 1);
}

process.exitCode = await run(process.argv.slice(2));
