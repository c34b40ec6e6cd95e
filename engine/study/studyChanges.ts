/** What differs between two versions of a study, place by place, as a freezing dialog or a changelog shows it. */
import type { Study } from '../../shared/study.ts';

/** One difference. `path` names a place by ids where there are ids (`timeline.consent.body`); texts are cut to what a line shows. */
export type StudyChange = {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly before: string | null;
  readonly after: string | null;
};

const SHOWN_CHARACTERS = 300;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** What names a member of a list: its id, or the kind of query of a scale; undefined for plain values. */
function nameOf(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  const { id, kind } = value;
  return typeof id === 'string' ? id : typeof kind === 'string' ? kind : undefined;
}

/** The members of a list by name; undefined where some have none or two share one. */
function byName(list: readonly unknown[]): Map<string, unknown> | undefined {
  const named = new Map<string, unknown>();
  for (const member of list) {
    const name = nameOf(member);
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, member);
  }
  return named;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function compareNames(path: string, before: Map<string, unknown>, after: Map<string, unknown>): StudyChange[] {
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    compare(join(path, name), before.get(name), after.get(name)),
  );
  const kept = (names: Iterable<string>, other: Map<string, unknown>): string =>
    [...names].filter((name) => other.has(name)).join(', ');
  const [was, is] = [kept(before.keys(), after), kept(after.keys(), before)];
  return was === is ? changes : [...changes, { path, kind: 'moved', before: was, after: is }];
}

function compareLists(path: string, before: readonly unknown[], after: readonly unknown[]): StudyChange[] {
  const [namedBefore, namedAfter] = [byName(before), byName(after)];
  if (namedBefore && namedAfter) return compareNames(path, namedBefore, namedAfter);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, kind: 'changed', before: shown(before), after: shown(after) }];
}

function compare(path: string, before: unknown, after: unknown): StudyChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: 'added', before: null, after: shown(after) }];
  if (after === undefined) return [{ path, kind: 'removed', before: shown(before), after: null }];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, before, after);
  if (isFields(before) && isFields(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      compare(join(path, name), before[name], after[name]),
    );
  return before === after ? [] : [{ path, kind: 'changed', before: shown(before), after: shown(after) }];
}

/** All differences, in the order of the study's fields. Members of lists are matched by id, so that moving one is one change. */
export const studyChanges = (before: Study, after: Study): StudyChange[] => compare('', before, after);
