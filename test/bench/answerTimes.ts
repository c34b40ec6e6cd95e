/** The clients of the store's bench: a process that tells its parent when which client answers, each once a second, and ends. */

/** `sentAt` is the system's monotonic clock in nanoseconds, the same in all processes. */
export type AnswerTime = { readonly client: number; readonly sentAt: bigint };

const [clients, answers] = process.argv.slice(2).map(Number);
let sent = 0;
const timer = setInterval(() => {
  const time: AnswerTime = { client: sent % clients, sentAt: process.hrtime.bigint() };
  process.send?.(time);
  sent++;
  if (sent < answers) return;
  clearInterval(timer);
  process.disconnect();
}, 1000 / clients);
