/** A request and its answer, as the servers of the local AWS see them. Types. */

export interface LocalRequest {
  readonly method: string;
  /** Path as it came over the wire, percent-encoding kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as they came over the wire. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface LocalResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** In the place of a body: one that goes on. Gets what writes and what ends it; what it gives is called when the client is gone. */
  readonly stream?: (write: (text: string) => void, end: () => void) => () => void;
}
