/** JSON from outside, with limits before parsing and a readable place in every refusal. */
import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { nameFile } from './processes/durableFiles.ts';

const LARGEST_DEPTH = 64;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Where a text comes from: a file, and the line in it when the file holds one value a line. */
export type TextPlace = { readonly file: string; readonly line?: number };

const placeText = ({ file, line }: TextPlace): string => (line === undefined ? file : `${file}:${line}`);

/** `a.b[3]` for a path of keys and indices. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );
}

/** Throws on nesting deeper than 64 and on keys that reach an object's prototype. */
function checkShape(value: unknown, place: TextPlace, path: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > LARGEST_DEPTH)
    throw new UserError(`${placeText(place)}: nested deeper than ${LARGEST_DEPTH}`, { location: place });
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key))
      throw new UserError(`${placeText(place)}: the key "${key}" is not allowed`, {
        location: { ...place, path: pathText(path) },
      });
    checkShape(item, place, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The value of `text`, checked against `schema`. Throws a UserError naming the place and the first thing wrong. */
export function parseJson<S extends z.ZodType>(text: string, schema: S, place: TextPlace): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${placeText(place)}: not valid JSON: ${reason}`, { location: place });
  }
  checkShape(value, place, []);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = pathText(issue.path);
  throw new UserError(`${placeText(place)}: ${path ? `${path}: ` : ''}${issue.message}`, {
    location: { ...place, ...(path ? { path } : {}) },
  });
}

/** The text of a file of at most `largestBytes`. */
export function readTextFile(file: string, largestBytes: number): string {
  try {
    const { size } = statSync(file);
    if (size > largestBytes)
      throw new UserError(`${file}: ${size} bytes, at most ${largestBytes} are read`, { location: { file } });
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw nameFile(error, file);
  }
}
