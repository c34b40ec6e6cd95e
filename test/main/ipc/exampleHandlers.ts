/** Handlers for tests of the transports: they answer the table's examples and record who called. */
import { type Caller, type Handlers, PROCEDURES, type ProcedureName, type ShellHandlers } from '../../../shared/api.ts';
import { procedureExamples } from './procedureExamples.ts';

type ServedHandlers = Handlers & Pick<ShellHandlers, 'events.next'>;

/** Handlers that answer each procedure's example, and the calls that reached them. The server itself answers `stations.open`. */
export function createExampleHandlers(): { handlers: ServedHandlers; reached: { name: string; caller: Caller }[] } {
  const reached: { name: string; caller: Caller }[] = [];
  const names = (Object.keys(PROCEDURES) as ProcedureName[]).filter((name) => name !== 'stations.open');
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      (_input: unknown, caller: Caller) => {
        reached.push({ name, caller });
        return procedureExamples[name].output;
      },
    ]),
  ) as unknown as ServedHandlers;
  return { handlers, reached };
}
