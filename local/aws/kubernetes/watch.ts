/**
 * Changes of the objects of one store, for those who watch: from a resourceVersion on, or from what is there now.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
import { type LocalResponse } from '../server/loopback-server';
import { type ConfigMap } from './config-map';
import { StatusError } from './status';
import { watchOptionsOf } from './watch-options';

export interface ChangeEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: ConfigMap;
}

interface ErrorEvent {
  readonly type: 'ERROR';
  readonly object: object;
}

type Listener = (event: ChangeEvent) => void;

/** How many changes can be looked back to; etcd forgets by time. */
const KEPT = 1000;

export class ChangeLog {
  private readonly events: ChangeEvent[] = [];
  private readonly listeners = new Set<Listener>();
  /** The resourceVersion before the oldest event that is kept. */
  private start: number;

  constructor(start: number) {
    this.start = start;
  }

  add(event: ChangeEvent): void {
    this.events.push(event);
    if (this.events.length > KEPT) this.start = versionOf(this.events.shift());
    for (const listener of this.listeners) listener(event);
  }

  /** Changes after this version; what the API server says, for one that is no longer known. */
  since(version: number): readonly (ChangeEvent | ErrorEvent)[] {
    if (version < this.start) {
      const error = new StatusError(410, 'Expired', `too old resource version: ${version} (${this.start})`);
      return [{ type: 'ERROR', object: error.body() }];
    }
    return this.events.filter((event) => versionOf(event) > version);
  }

  /** Until the function that it gives is called. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function versionOf(event: ChangeEvent | undefined): number {
  return Number(event?.object.metadata.resourceVersion ?? 0);
}

export interface Watched {
  readonly changes: ChangeLog;
  /** What is there now. */
  readonly items: readonly ConfigMap[];
  readonly matches: (object: ConfigMap) => boolean;
  readonly query: URLSearchParams;
  /** The resourceVersion of now. */
  readonly latest: string;
}

/**
 * One JSON object a line, for as long as the client listens or `timeoutSeconds` says. The BOOKMARK that ends the state at the
 * beginning is there; those that kube-apiserver sends later, about once a minute, are not, and no client may count on them.
 */
export function watch({ changes, items, matches, query, latest }: Watched): LocalResponse {
  const { version, seconds, beginsWithState, isMarked } = watchOptionsOf(query);
  const first: readonly (ChangeEvent | ErrorEvent)[] = beginsWithState
    ? items.map((object) => ({ type: 'ADDED', object }))
    : version > 0
      ? changes.since(version)
      : [];
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    stream: (write, end) => {
      const say = (event: object): void => write(`${JSON.stringify(event)}\n`);
      const send = (event: ChangeEvent | ErrorEvent): void => {
        if (event.type === 'ERROR' || matches(event.object)) say(event);
      };
      first.forEach(send);
      if (isMarked) say(bookmark(latest));
      if (first.some(({ type }) => type === 'ERROR')) end();
      const stop = changes.listen(send);
      const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000).unref();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks */
function bookmark(resourceVersion: string): object {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return {
    type: 'BOOKMARK',
    object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion, annotations } },
  };
}
