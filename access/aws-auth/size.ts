/** The API server's limits, checked before the write so that the stack author gets a sentence (GT-61). Pure. */
import { OWNERS_ANNOTATION } from '../contract';
import { invalidRequest } from '../errors';
import { type AwsAuthData } from './identity-mapping';

const MAX_DATA_BYTES = 1_048_576;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/: all keys and values together. */
const MAX_ANNOTATION_BYTES = 262_144;

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
