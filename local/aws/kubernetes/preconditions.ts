/** What a write may demand of the object that it replaces or deletes; each check throws 409 Conflict. Pure. */
import { type ConfigMap, type ConfigMapManifest } from './config-map';
import { conflict } from './status';

export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/** GT-52, GT-56: checked whenever it is given; `0` counts as not given. */
export function checkVersion(before: ConfigMap, manifest: ConfigMapManifest): void {
  const wanted = manifest.metadata?.resourceVersion;
  if (wanted && wanted !== '0' && wanted !== before.metadata.resourceVersion)
    throw conflict(before.metadata.name);
}

export function checkUid({ metadata }: ConfigMap, manifest: ConfigMapManifest): void {
  const wanted = manifest.metadata?.uid;
  if (wanted && wanted !== metadata.uid) throw conflict(metadata.name, failed('UID', wanted, metadata.uid));
}

/** Of a deletion. */
export function checkPreconditions({ metadata }: ConfigMap, wanted: Preconditions): void {
  for (const field of ['uid', 'resourceVersion'] as const) {
    const value = wanted[field];
    if (value === undefined || value === metadata[field]) continue;
    const word = field === 'uid' ? 'UID' : 'ResourceVersion';
    throw conflict(metadata.name, failed(word, value, metadata[field]));
  }
}

function failed(word: string, wanted: string, found: string | undefined): string {
  return `Precondition failed: ${word} in precondition: ${wanted}, ${word} in object meta: ${found ?? ''}`;
}
