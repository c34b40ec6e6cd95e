/** What the router tells the log. */
import type { RefusalReason } from '../../shared/reply.ts';

/** One line of the security log. `detail` says where and why, and never repeats a value of the input. */
export type RouterEvent = {
  readonly kind: 'refused' | 'failed';
  readonly procedure: string;
  readonly sender: string;
  readonly reason: RefusalReason | 'error';
  readonly detail: string;
};

/** An event as one line of text, or several where an error brings its stack. */
export const formatRouterEvent = ({ kind, procedure, sender, reason, detail }: RouterEvent): string =>
  `${kind} ${procedure} from ${sender}: ${reason}, ${detail}`;
