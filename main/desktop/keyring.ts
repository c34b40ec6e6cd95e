/** The system's keyring, by Electron's safeStorage. */
import { safeStorage } from 'electron';
import type { Sealer } from '../secrets.ts';

/** Where Linux has no keyring, Electron seals with a fixed password, which protects nothing. */
const UNSAFE_BACKENDS: readonly string[] = ['basic_text', 'unknown'];

/** What seals with the system's keyring; undefined where there is none. Call after the application is ready. */
export function findSealer(): Sealer | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  if (process.platform === 'linux' && UNSAFE_BACKENDS.includes(safeStorage.getSelectedStorageBackend()))
    return undefined;
  return {
    seal: (text) => safeStorage.encryptString(text),
    open: (sealed) => safeStorage.decryptString(sealed),
  };
}
