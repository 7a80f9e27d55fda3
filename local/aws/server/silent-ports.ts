/** Connections that a server of this process does not answer: they keep nobody busy, and nothing but time ends them. */
import { type Socket } from 'node:net';

/** 1 for each, by the port of the client; shared with the containers of functions. */
export const silentPorts = new Uint8Array(new SharedArrayBuffer(65_536));

/** What is to be done each second, on connections that are silent in between. */
export const eachSecond = new Set<() => void>();

/** Until the connection is closed. */
export function leaveSilent(socket: Socket, everySecond?: () => void): void {
  const { remotePort = 0 } = socket;
  silentPorts[remotePort] = 1;
  if (everySecond) eachSecond.add(everySecond);
  socket.once('close', () => {
    silentPorts[remotePort] = 0;
    if (everySecond) eachSecond.delete(everySecond);
  });
}
