/**
 * Replayed draws: a run as a function of its draws. They are kept up to the run's last evidence, and the next run repeats them but for a window of
 * neighbours that are drawn anew: a step of Metropolis–Hastings whose proposal is the prior, so that the evidence alone decides. Neighbours belong to the
 * same player or event more often than not. **Source:** C. Kelemen et al., A simple and robust mutation strategy for the Metropolis light transport
 * algorithm (2002), on chains over the random numbers of a run.
 */
import type { Draws } from '../program/draws.ts';

/** What a run is for: one to keep; one not to keep; one that differs from the kept one in a window; the kept one again; one of the prior. */
export type Purpose = 'fresh' | 'passing' | 'move' | 'again' | 'prior';

/** Draws of a run up to its last evidence, uniforms and normals each in their order, and its evidence's log weight. */
export type Course = { readonly uniforms: Float64Array; readonly gaussians: Float64Array; logWeight: number };

export type ReplayedDraws = Draws & {
  /** Starts a run; returns the log weight below which its evidence rules it out. */
  readonly begin: () => number;
  /** Notes that the evidence is over, with its log weight; returns whether the run ends here, as moves do. */
  readonly settle: (logWeight: number) => boolean;
  /** Says what the runs to come are for. Moves and repetitions are of `course`. */
  readonly prepare: (purpose: Purpose, course?: Course) => void;
  /** Whether the run that ended got past its evidence. */
  readonly isSettled: () => boolean;
  /** Whether it had as many draws as `course`, all of them kept. */
  readonly isLike: (course: Course) => boolean;
  /** Writes the course of the run that ended over one like it. */
  readonly keep: (course: Course) => void;
  /** The course of the run that ended. */
  readonly take: () => Course;
};

/** Draws of each kind that can be kept. */
const CAPACITY = 4_096;
/** Shares of a run's draws that a move draws anew, each as often. */
const WINDOWS = [1 / 2, 1 / 4, 1 / 8];

/** One kind of draws. Typed arrays: closures' own variables are boxed by V8. */
type Sequence = {
  readonly run: Float64Array;
  kept: Float64Array;
  /** The next draw; the window that is drawn anew, from and to; how many the run had. */
  readonly state: Int32Array;
};
const NEXT = 0;
const FROM = 1;
const TO = 2;
const USED = 3;

const createSequence = (): Sequence => ({
  run: new Float64Array(CAPACITY),
  kept: new Float64Array(0),
  state: new Int32Array(4),
});

/** The next draw of `sequence`: the kept one outside the window, else a new one. */
function nextOf({ run, kept, state }: Sequence, draw: () => number): number {
  const i = state[NEXT];
  if (i >= CAPACITY) return draw();
  state[NEXT] = i + 1;
  const isKept = i < state[FROM] || (i >= state[TO] && i < kept.length);
  return (run[i] = isKept ? kept[i] : draw());
}

/** The window of `sequence` from `start` to `end`, shares of its length. */
function placeWindow({ kept, state }: Sequence, start: number, end: number): void {
  state[FROM] = Math.max(0, Math.floor(start * kept.length));
  state[TO] = Math.min(kept.length, Math.ceil(end * kept.length));
}

/** Replayed draws over `draws`, whose stream they share. */
export function createReplayedDraws(draws: Draws): ReplayedDraws {
  const uniforms = createSequence();
  const gaussians = createSequence();
  const settled = new Float64Array(2);
  let purpose: Purpose = 'fresh';
  let moved: Course | undefined;

  const uniform = (): number => nextOf(uniforms, draws.uniform);
  const gaussian = (): number => nextOf(gaussians, draws.gaussian);
  /** Whole numbers are made of a uniform, so that they are kept too. */
  const integer = (n: number): number =>
    uniforms.state[NEXT] >= CAPACITY ? draws.integer(n) : Math.floor(uniform() * n);
  const stopKeeping = (): void => {
    uniforms.state[NEXT] = CAPACITY;
    gaussians.state[NEXT] = CAPACITY;
  };
  const placeWindows = (): void => {
    const share = purpose === 'move' ? WINDOWS[draws.integer(WINDOWS.length)] : 0;
    const start = purpose === 'move' ? (1 + share) * draws.uniform() - share : purpose === 'again' ? 1 : 0;
    const end = purpose === 'fresh' ? 1 : start + share;
    placeWindow(uniforms, start, end);
    placeWindow(gaussians, start, end);
  };
  const begin = (): number => {
    settled[0] = 0;
    if (purpose === 'prior' || purpose === 'passing') {
      stopKeeping();
      return purpose === 'prior' ? Number.NEGATIVE_INFINITY : Math.log(draws.uniform());
    }
    uniforms.state[NEXT] = 0;
    gaussians.state[NEXT] = 0;
    placeWindows();
    return purpose === 'again' ? Number.NEGATIVE_INFINITY : (moved?.logWeight ?? 0) + Math.log(draws.uniform());
  };
  const settle = (logWeight: number): boolean => {
    settled[0] = 1;
    settled[1] = logWeight;
    uniforms.state[USED] = uniforms.state[NEXT];
    gaussians.state[USED] = gaussians.state[NEXT];
    stopKeeping();
    return purpose === 'move';
  };
  const countsOf = (sequence: Sequence): number => sequence.state[USED];
  return {
    uniform,
    gaussian,
    integer,
    bits: () => (uniforms.state[NEXT] >= CAPACITY ? draws.bits() : Math.floor(uniform() * 2 ** 32) | 0),
    reseed: draws.reseed,
    begin,
    settle,
    prepare: (given, course) => {
      purpose = given;
      moved = given === 'move' ? course : undefined;
      uniforms.kept = course?.uniforms ?? new Float64Array(0);
      gaussians.kept = course?.gaussians ?? new Float64Array(0);
    },
    isSettled: () => settled[0] === 1,
    isLike: (course) =>
      countsOf(uniforms) === course.uniforms.length &&
      countsOf(gaussians) === course.gaussians.length &&
      Math.max(countsOf(uniforms), countsOf(gaussians)) < CAPACITY,
    keep: (course) => {
      for (let i = 0; i < course.uniforms.length; i++) course.uniforms[i] = uniforms.run[i];
      for (let i = 0; i < course.gaussians.length; i++) course.gaussians[i] = gaussians.run[i];
      course.logWeight = settled[1];
    },
    take: () => ({
      uniforms: uniforms.run.slice(0, countsOf(uniforms)),
      gaussians: gaussians.run.slice(0, countsOf(gaussians)),
      logWeight: settled[1],
    }),
  };
}
