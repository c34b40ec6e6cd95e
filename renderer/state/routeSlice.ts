/** Where the researcher is: a screen and what is chosen on it, kept in the address, so that every place can be linked and gone back to. */
import type { StateCreator } from 'zustand';
import type { ResearcherState } from './store.ts';

export const SCREENS = [
  'home',
  'studies',
  'sessions',
  'monitor',
  'scenarios',
  'datasets',
  'training',
  'evaluations',
  'comparisons',
  'benchmarks',
  'lab',
  'settings',
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** `item` is what is chosen on the screen: a scenario's id, a run's name. */
export type Route = { readonly screen: ScreenName; readonly item: string | null };

export type RouteSlice = {
  readonly route: Route;
  go(screen: ScreenName, item?: string | null): void;
  /** Takes the route from the address, now and whenever it changes. */
  followAddress(): void;
};

const isScreen = (name: string): name is ScreenName => SCREENS.some((screen) => screen === name);

/** The route an address's fragment names; home for anything else. */
export function parseRoute(hash: string): Route {
  const [screen = '', item = ''] = hash.replace(/^#\/?/, '').split('/');
  if (!isScreen(screen)) return { screen: 'home', item: null };
  return { screen, item: item === '' ? null : decodeURIComponent(item) };
}

/** The fragment that names a route. */
export const routeHash = ({ screen, item }: Route): string =>
  `#/${screen}${item === null ? '' : `/${encodeURIComponent(item)}`}`;

export const createRouteSlice: StateCreator<ResearcherState, [], [], RouteSlice> = (set) => ({
  route: { screen: 'home', item: null },
  go(screen, item = null) {
    window.location.hash = routeHash({ screen, item });
  },
  followAddress() {
    const read = (): void => set({ route: parseRoute(window.location.hash) });
    window.addEventListener('hashchange', read);
    read();
  },
});
