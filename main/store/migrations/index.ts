/** The migrations, in order: number n brings a database of schema n − 1 to schema n. Each is never edited once released. */
import { INITIAL } from './0001-initial.ts';

export const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'initial', sql: INITIAL },
];

/** The schema this version of the application reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
