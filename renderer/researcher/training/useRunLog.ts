/** A run's log, read on for as long as it is shown. */
import { useEffect } from 'react';
import type { TrainLog } from '../../../shared/training.ts';
import { useResearcher } from '../../state/store.ts';

/** How often it is read on. */
const FOLLOW_MS = 1000;

/** Reads on in the logs of the runs with these names. */
export function useFollowedLogs(names: readonly string[]): void {
  const follow = useResearcher((state) => state.followRunLog);
  const key = names.join(',');
  useEffect(() => {
    const read = (): void => {
      for (const name of key.split(','))
        follow(name).catch((error: unknown) => console.warn('the log cannot be read now', error));
    };
    read();
    const timer = setInterval(read, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [key, follow]);
}

/** What a run has logged so far. */
export const useRunLog = (name: string): readonly TrainLog[] | undefined => {
  useFollowedLogs([name]);
  return useResearcher((state) => state.runLogs[name]);
};
