/** Of the package ws, which has no types of its own, what `firefox.ts` uses. */
declare module 'ws' {
  export default class WebSocket {
    constructor(url: string);
    on(event: 'open', listener: () => void): this;
    on(event: 'message', listener: (data: Buffer) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'close', listener: () => void): this;
    send(text: string): void;
    close(): void;
  }
}
