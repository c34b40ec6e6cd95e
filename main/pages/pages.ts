/** The pages: a fixed table of the renderer's files, made when it was built. What is not in the table does not exist; no path is ever joined. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Role } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import { resource } from '../resources.ts';

/** The file beside the renderer's files that lists them, and the page each role starts at. */
export const FILE_TABLE = 'files.json';

const fileTableSchema = z.strictObject({
  entries: z.strictObject({ researcher: z.string(), participant: z.string() }),
  /** Name, relative to the folder, with the content type it is served as. */
  files: z.record(z.string().regex(/^[\w./-]+$/), z.string()),
});
export type FileTable = z.infer<typeof fileTableSchema>;

export type Page = { readonly type: string; readonly body: Buffer };

/** The file at `path` of a role's site (`/` is its first page), or undefined when the table has none. */
export type Pages = (role: Role, path: string) => Page | undefined;

/** Reads the table and every file it names, once. Throws UserError where the renderer was not built. */
export function loadPages(folder: string = resource('dist', 'renderer')): Pages {
  const tableFile = join(folder, FILE_TABLE);
  if (!existsSync(tableFile))
    throw new UserError('the screens are not built: expected a table of their files, found none', {
      hint: 'run: npm run build',
      location: { file: tableFile },
    });
  const table = fileTableSchema.parse(JSON.parse(readFileSync(tableFile, 'utf8')));
  const entryNames = new Set<string>(Object.values(table.entries));
  const pages = new Map<string, Page>();
  for (const [name, type] of Object.entries(table.files))
    pages.set(name, { type, body: readFileSync(join(folder, name)) });
  return (role, path) => {
    if (path === '/') return pages.get(table.entries[role]);
    const name = path.slice(1);
    return entryNames.has(name) ? undefined : pages.get(name);
  };
}
