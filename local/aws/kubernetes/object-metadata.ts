/** Where an object is, and what the API server itself writes into its metadata. Pure. */
import { createHash } from 'node:crypto';
import { type ConfigMapManifest, type ObjectMeta } from './config-map';

export interface Place {
  readonly namespace: string;
  readonly name: string;
}

export function keyOf({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}

/** Of an object that is made now. `version`: the newest of the store; `now`: RFC 3339, whole seconds. */
export function newMetadata(
  place: Place,
  manifest: ConfigMapManifest,
  { version, now }: { readonly version: number; readonly now: string },
): ObjectMeta {
  const hex = createHash('sha256')
    .update(`${keyOf(place)} ${version}`)
    .digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return {
    name: place.name,
    namespace: place.namespace,
    uid: parts.join('-'),
    creationTimestamp: now,
    ...pickMaps(manifest.metadata),
  };
}

/** Labels and annotations are replaced as a whole; null values in them count as empty, as in Go. */
export function pickMaps(
  metadata: Partial<ObjectMeta> | undefined,
): Required<Pick<ObjectMeta, 'labels' | 'annotations'>> {
  return { labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {} };
}

/** Of milliseconds since the epoch: RFC 3339, whole seconds. */
export function wholeSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
