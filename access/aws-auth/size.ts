/**
 * The API server's limits, checked before the write so that the stack author gets a sentence (GT-61), and what a plan
 * reads at most, so that it is done before the function's time is over. Pure.
 */
import { OWNERS_ANNOTATION } from '../contract';
import { invalidRequest } from '../errors';
import { type AwsAuthData, SECTIONS } from './identity-mapping';

export const MAX_DATA_BYTES = 1_048_576;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/: all keys and values together. */
const MAX_ANNOTATION_BYTES = 262_144;

/**
 * Of one section. Measured: 50,000 items of the form that takes longest (`[a,a,…]`) are planned in 0.8 s of a core, and
 * 13,000 entries as people and tools write them, which fill the megabyte, have 40,000.
 */
const MAX_ITEMS = 50_000;

/** Throws ProviderError InvalidRequest for a section that cannot be planned in time. */
export function checkReadable(data: AwsAuthData): void {
  for (const section of SECTIONS) {
    const text = data[section] ?? '';
    const isTooLong = text.length > MAX_DATA_BYTES;
    // An item takes two characters at least.
    if (!isTooLong && (text.length < 2 * MAX_ITEMS || itemsIn(text) <= MAX_ITEMS)) continue;
    const has = isTooLong
      ? `${text.length} characters`
      : `more than ${MAX_ITEMS} list items (dashes and commas)`;
    throw invalidRequest(
      `${section} of ConfigMap kube-system/aws-auth has ${has} and cannot be read in the time of one invocation; nothing was changed: remove the entries that nobody needs, duplicates first`,
    );
  }
}

/** As many list items as the text can have at most. */
function itemsIn(text: string): number {
  return text.match(/(?<!\S)-(?!\S)|,/g)?.length ?? 0;
}

export function checkSize(data: AwsAuthData, annotations: Readonly<Record<string, string>>): void {
  const dataBytes = Object.values(data).reduce((sum, value) => sum + octetsOf(value), 0);
  if (dataBytes > MAX_DATA_BYTES) {
    throw invalidRequest(
      `with this entry the ConfigMap aws-auth would have ${dataBytes} bytes of data and may have ${MAX_DATA_BYTES}: remove entries that nobody needs, or move the cluster to access entries`,
    );
  }
  const annotationBytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + octetsOf(key) + octetsOf(value),
    0,
  );
  if (annotationBytes > MAX_ANNOTATION_BYTES) {
    throw invalidRequest(
      `with this entry's ownership record the annotations of aws-auth would have ${annotationBytes} bytes and may have ${MAX_ANNOTATION_BYTES} (${OWNERS_ANNOTATION} among them): remove annotations that nobody needs, such as kubectl.kubernetes.io/last-applied-configuration`,
    );
  }
}

function octetsOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
