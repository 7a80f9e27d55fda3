/**
 * stdout and stderr. Node.js makes its streams when they are asked for, and their network code takes as long as all the
 * rules for a hundred entries: what is a file or a pipe is written to without them, as long as it takes what it is given.
 */
import { fstatSync, writeSync } from 'node:fs';

export class Outlet {
  private stream: NodeJS.WriteStream | undefined;

  /** `open`: Node's stream for the descriptor, whose errors are listened to. */
  constructor(
    private readonly descriptor: 1 | 2,
    private readonly open: () => NodeJS.WriteStream,
  ) {
    // Pipes of Windows do not wait for their reader.
    if (process.platform === 'win32' || fstatSync(descriptor).isCharacterDevice()) this.stream = open();
  }

  /** Undefined for a file and a pipe. */
  get terminal(): NodeJS.WriteStream | undefined {
    return this.stream?.isTTY === true ? this.stream : undefined;
  }

  write(text: string): void {
    let rest = Buffer.from(text);
    try {
      while (this.stream === undefined && rest.length > 0)
        rest = rest.subarray(writeSync(this.descriptor, rest));
    } catch {
      // A pipe that is full and does not wait, or that has no reader: the stream waits, or says so.
      this.stream = this.open();
    }
    if (rest.length > 0) this.stream?.write(rest);
  }
}
