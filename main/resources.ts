/** Where the application's own files lie, from source and from dist alike: the folder that holds package.json. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InternalError } from '../shared/errors.ts';

function findRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return folder;
  throw new InternalError(`no package.json above ${import.meta.dirname}`);
}

/** The absolute path of a file or folder of the application, such as `resource('studies', 'transformer')`. */
export const resource = (...parts: string[]): string => join(findRoot(), ...parts);

/** The application's version, as package.json states it. */
export const version = (): string => JSON.parse(readFileSync(resource('package.json'), 'utf8')).version;
