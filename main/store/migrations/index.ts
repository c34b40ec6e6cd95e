/** The migrations, in order: number n brings a database of schema n − 1 to schema n. Each is never edited once released. */
import { INITIAL } from './0001-initial.ts';
import { PARTICIPATION } from './0002-participation.ts';

export const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'initial', sql: INITIAL },
  { name: 'participation', sql: PARTICIPATION },
];

/** The schema this version of the application reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
