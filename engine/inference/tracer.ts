/**
 * Addresses of choices: a tree of call sites that is walked while the program runs. Every call enters the child of its site; the n-th
 * visit of a place in one run has a node of its own, so callbacks of map or repeat are told apart without the library's help.
 * What mem computes hangs under mem's own place and the key, so it stays the same choice whoever asks first.
 */
import type { Tracer } from '../program/runtime.ts';

/** A place in the call tree. */
export type Place = {
  readonly parent: Place | undefined;
  /** By site + 1; site −1 is the choice itself. */
  readonly forks: (Fork | undefined)[];
  readonly keyed: Map<string, Place>;
  /** The nearest place around it, or itself, where mem computes one of its results. */
  readonly block: Place | undefined;
};

/** The visits of one site from one place: how many there were in run `run`, and the place of each. */
type Fork = { run: number; visits: number; readonly places: Place[] };

const createPlace = (parent: Place | undefined): Place => ({
  parent,
  forks: [],
  keyed: new Map(),
  block: parent?.block,
});

function createKeyedPlace(parent: Place): Place {
  const place: { -readonly [K in keyof Place]: Place[K] } = { parent, forks: [], keyed: new Map(), block: undefined };
  place.block = place;
  return place;
}

/** A tracer whose `place` is where the program is. */
export type PlaceTracer = Tracer & {
  /** Starts a run at the root. */
  readonly begin: () => void;
  readonly place: () => Place;
  /** Starts a tree of its own for a nested inference; the result goes back to where we were. */
  readonly nest: () => () => void;
};

export function createTracer(): PlaceTracer {
  let root = createPlace(undefined);
  let current = root;
  let run = 0;
  let lastRun = 0;
  const enter = (site: number): void => {
    let fork = current.forks[site + 1];
    if (fork === undefined) {
      while (current.forks.length <= site) current.forks.push(undefined);
      fork = { run, visits: 0, places: [] };
      current.forks[site + 1] = fork;
    } else if (fork.run !== run) {
      fork.run = run;
      fork.visits = 0;
    }
    const visit = fork.visits++;
    if (visit === fork.places.length) fork.places.push(createPlace(current));
    current = fork.places[visit];
  };
  return {
    begin: () => {
      run = ++lastRun;
      current = root;
    },
    place: () => current,
    nest: () => {
      const outer = { root, current, run };
      root = createPlace(undefined);
      current = root;
      return () => {
        root = outer.root;
        current = outer.current;
        run = outer.run;
      };
    },
    enter,
    leave: (value) => {
      current = current.parent ?? root;
      return value;
    },
    here: () => current,
    jump: (home, key) => {
      const back = current;
      const { keyed } = home as Place;
      let target = keyed.get(key);
      if (!target) keyed.set(key, (target = createKeyedPlace(home as Place)));
      current = target;
      return back;
    },
    restore: (place) => {
      current = place as Place;
    },
  };
}
