/** Keeps what is called often from being done more often than is of use. */

/** Calls `work` at once, and for calls within `ms` after that once more at its end. */
export function atMostEvery(ms: number, work: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  const call = (): void => {
    if (timer) {
      isWanted = true;
      return;
    }
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) call();
      isWanted = false;
    }, ms);
    timer.unref();
  };
  return call;
}
