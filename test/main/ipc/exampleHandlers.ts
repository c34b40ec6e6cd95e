/** Handlers for tests of the transports: they answer the table's examples and record who called. */
import { type Caller, type Handlers, PROCEDURES, type ProcedureName, SHELL_PROCEDURES } from '../../../shared/api.ts';
import { procedureExamples } from './procedureExamples.ts';

/** Handlers that answer each procedure's example, and the calls that reached them. */
export function createExampleHandlers(): { handlers: Handlers; reached: { name: string; caller: Caller }[] } {
  const reached: { name: string; caller: Caller }[] = [];
  const names = (Object.keys(PROCEDURES) as ProcedureName[]).filter(
    (name) => !SHELL_PROCEDURES.some((other) => other === name),
  );
  const handlers = Object.fromEntries(
    names.map((name) => [
      name,
      (_input: unknown, caller: Caller) => {
        reached.push({ name, caller });
        return procedureExamples[name].output;
      },
    ]),
  ) as unknown as Handlers;
  return { handlers, reached };
}
