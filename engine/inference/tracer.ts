/**
 * Addresses of choices: a tree of call sites that is walked while the program runs. Every call enters the child of its site; the n-th
 * visit of a place in one run has a node of its own, so callbacks of map or repeat are told apart without the library's help.
 * What mem computes hangs under mem's own place and the key, so it stays the same choice whoever asks first.
 */
import type { Tracer } from '../program/runtime.ts';

/** A place in the call tree. `visits` counts those of run `run`. */
export type Place = {
  readonly parent: Place | undefined;
  readonly children: Map<number, Place[]>;
  readonly keyed: Map<string, Place>;
  /** How often each site was entered from here in run `run`. */
  readonly visits: Map<number, number>;
  run: number;
  /** The choice made here by the current trace, if an algorithm keeps one. */
  choice: unknown;
};

const createPlace = (parent: Place | undefined): Place => ({
  parent,
  children: new Map(),
  keyed: new Map(),
  visits: new Map(),
  run: -1,
  choice: undefined,
});

/** A tracer whose `place` is where the program is. */
export type PlaceTracer = Tracer & {
  /** Starts a run at the root. */
  readonly begin: () => void;
  readonly place: () => Place;
};

export function createTracer(): PlaceTracer {
  const root = createPlace(undefined);
  let current = root;
  let run = 0;
  const enter = (site: number): void => {
    if (current.run !== run) {
      current.run = run;
      current.visits.clear();
    }
    const visit = current.visits.get(site) ?? 0;
    current.visits.set(site, visit + 1);
    let list = current.children.get(site);
    if (!list) current.children.set(site, (list = []));
    current = list[visit] ??= createPlace(current);
  };
  return {
    begin: () => {
      run++;
      current = root;
    },
    place: () => current,
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
      if (!target) keyed.set(key, (target = createPlace(home as Place)));
      current = target;
      return back;
    },
    restore: (place) => {
      current = place as Place;
    },
  };
}
