/**
 * A ConfigMap as `kubectl get -o yaml` prints it, so that lines and columns are those that people see. Where a reader of
 * the dialect would not get the same texts back, as JSON, which has one meaning only. Pure.
 */
import { type V1ConfigMap } from '@kubernetes/client-node';
import { dump } from 'js-yaml';
import { readDocument } from '../../access/explain/document/read-document';

export function configMapText({ data = {}, metadata = {} }: V1ConfigMap): string {
  const { annotations, creationTimestamp, labels, name, namespace, resourceVersion, uid } = metadata;
  const shown = {
    apiVersion: 'v1',
    data,
    kind: 'ConfigMap',
    metadata: { annotations, creationTimestamp, labels, name, namespace, resourceVersion, uid },
  };
  // Dates become text, and what is undefined goes.
  const object = JSON.parse(JSON.stringify(shown)) as object;
  const yaml = dump(object, { lineWidth: -1, noRefs: true, sortKeys: true });
  return isSame(yaml, data) ? yaml : `${JSON.stringify(object, undefined, 4)}\n`;
}

function isSame(text: string, data: Readonly<Record<string, string>>): boolean {
  const reading = readDocument(text);
  const keys = Object.keys(data);
  return (
    reading.kind === 'aws-auth' &&
    Object.keys(reading.data).length === keys.length &&
    keys.every((key) => reading.data[key] === data[key])
  );
}
