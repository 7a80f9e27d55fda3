/** How a loopback server can be told to misbehave. */
import { type ServerResponse } from 'node:http';
import { type LocalRequest, type LocalResponse } from './message';
import { leaveSilent } from './silent-ports';

/**
 * One fault for the next matching request (or for `times` of them):
 * - `respond`: answer this instead of handling the request
 * - `reset`: cut the connection before the request is handled
 * - `reset-after`: handle the request, then cut the connection instead of answering (a lost answer)
 * - `truncate`: handle the request, then cut the connection after half of the answer's body
 * - `drip`: handle the request, then send one byte of the answer's body a second
 * - `stall`: never answer; the connection stays open until the client or `stop` closes it
 * - `before`: run this, then handle the request as usual (a foreign writer between two calls; a delay)
 */
export type Fault = {
  readonly match: (request: LocalRequest) => boolean;
  /** Default 1. */
  readonly times?: number;
} & (
  | { readonly respond: LocalResponse }
  | { readonly action: 'reset' | 'reset-after' | 'truncate' | 'drip' | 'stall' }
  | { readonly before: (request: LocalRequest) => void | Promise<void> }
);

/** The faults of one server, in the order in which they were asked for. */
export class FaultQueue {
  private readonly pending: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.pending.push({ fault, left: fault.times ?? 1 });
  }

  /** The first one that is for this request, which is one time less from now on. */
  take(request: LocalRequest): Fault | undefined {
    const found = this.pending.find(({ fault, left }) => left > 0 && fault.match(request));
    if (found) found.left -= 1;
    return found?.fault;
  }
}

/** An answer that never ends as its headers say. A body of nothing gets one space, so that there is something to miss. */
export function answerInPart(
  action: 'truncate' | 'drip',
  { status, headers, body = '' }: LocalResponse,
  outgoing: ServerResponse,
): void {
  const bytes = Buffer.from(body.length === 0 ? ' ' : body);
  outgoing.writeHead(status, { ...headers, 'content-length': bytes.length + (bytes.length === 1 ? 1 : 0) });
  if (action === 'truncate') {
    outgoing.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => outgoing.destroy());
    return;
  }
  let sent = 0;
  const drop = (): void => {
    // The last byte never comes: an answer of a few bytes would be over soon.
    if (sent < bytes.length - 1) outgoing.write(bytes.subarray(sent, ++sent));
  };
  const timer = setInterval(drop, 1_000);
  outgoing.on('close', () => clearInterval(timer));
  if (outgoing.socket) leaveSilent(outgoing.socket, drop);
  outgoing.flushHeaders();
}
