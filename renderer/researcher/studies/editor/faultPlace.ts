/** Where in the editor a fault of a draft lies: the tab that shows it, the node or scenario to open, and the field to go to. */
import type { DraftFault } from '../../../../shared/draft.ts';

/** The tabs of the editor, in their order. */
export const EDITOR_TABS = ['overview', 'scenarios', 'scales', 'design', 'flow', 'languages', 'data'] as const;
export type EditorTab = (typeof EDITOR_TABS)[number];

/** `node` and `scenario` are places in the study's lists; `locale` the translation that is meant. */
export type FaultPlace = {
  readonly tab: EditorTab;
  readonly node?: number;
  readonly scenario?: number;
  readonly locale?: string;
};

const firstIndex = (path: string): number => Number(/\[(\d+)\]/.exec(path)?.[1] ?? 0);

/** The path that fields of the editor carry: scenarios are a list of the study there. */
export const fieldPath = ({ file, path }: Pick<DraftFault, 'file' | 'path'>): string =>
  file === 'items.jsonl' ? `scenarios${path}` : file.startsWith('locales/') ? `${file} ${path}` : path;

/** The place of a fault. */
export function placeOf({ file, path }: Pick<DraftFault, 'file' | 'path'>): FaultPlace {
  if (file === 'items.jsonl') return { tab: 'scenarios', scenario: firstIndex(path) };
  if (file.startsWith('locales/')) return { tab: 'languages', locale: file.slice('locales/'.length, -'.json'.length) };
  const [root] = path.split(/[.[]/);
  switch (root) {
    case 'timeline':
      return { tab: 'flow', node: path.startsWith('timeline[') ? firstIndex(path) : undefined };
    case 'scales':
      return { tab: 'scales' };
    case 'design':
      return { tab: 'design' };
    case 'locales':
    case 'translations':
      return { tab: 'languages' };
    case 'completion':
    case 'checkIn':
      return { tab: 'data' };
    case 'stimuli':
      return { tab: 'scenarios' };
    default:
      return { tab: 'overview' };
  }
}

/** The field nearest to a path: the one of that path, or the longest that it begins with. */
export function nearestField(paths: readonly string[], path: string): string | undefined {
  const isWithin = (field: string): boolean =>
    path === field || (path.startsWith(field) && /^[.[ ]/.test(path.slice(field.length)));
  return paths.filter(isWithin).sort((a, b) => b.length - a.length)[0];
}
