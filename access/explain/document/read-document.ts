/** From what people paste or save to the sections of aws-auth, each character of them with its place in the text. */
import { type AwsAuthDocument, type DocumentNote, type DocumentReading } from './document';
import { type KubernetesObject, awsAuthAmong, isDataOnly, objectsOf } from './objects';
import { fieldOf, fieldsOf, plainValueOf, textOf } from './nodes';
import { commentedOut } from './commented-out';
import { choiceNotes, objectNotes } from './object-notes';
import { noteOf, sizeNotes } from './notes';
import { diffOf, otherObjects, otherTextOf } from './other-text';
import { Lines } from './lines';
import { readParts } from './parts';
import { readBareList } from './bare-list';
import { readBroken } from './broken';
import { readData } from './data-sections';

/** Never throws. Takes YAML or JSON, a List, several documents, the data or a list alone. */
export function readDocument(text: string): DocumentReading {
  if (text.split(/[\r\n]+/).every((line) => /^[\s\ufeff]*(?:#|$|---\s*$)/.test(line))) {
    const sentence = text.includes('#')
      ? 'There are comments and nothing else: no ConfigMap, so nobody gets in by aws-auth.'
      : 'There is no text.';
    return { kind: 'empty', sentence };
  }
  const diff = diffOf(text);
  if (diff !== undefined) return diff;
  const lines = new Lines(text);
  const parts = readParts(text);
  const objects = objectsOf(parts);
  const found = awsAuthAmong(objects);
  const object = found.at(-1);
  if (object !== undefined) return readObject(object, [...choiceNotes(object, found, parts, lines)], lines);
  const other = otherTextOf(text);
  if (other !== undefined) return other;
  const list = readBareList(text, parts, lines);
  if (list !== undefined) return list;
  const [errorAt] = parts.flatMap(({ base, errorAt: at }) => (at === undefined ? [] : [base + at]));
  return errorAt === undefined ? otherObjects(objects, parts, lines) : readBroken(errorAt, text, lines);
}

function readObject(object: KubernetesObject, notes: DocumentNote[], lines: Lines): AwsAuthDocument {
  const { part, node } = object;
  const isBare = isDataOnly(object);
  const data = readData(part, lines, isBare ? node : fieldOf(node, 'data')?.value);
  const metadata = fieldOf(node, 'metadata')?.value;
  const managedFields = fieldOf(metadata, 'managedFields')?.value;
  return {
    kind: 'aws-auth',
    sections: data.sections,
    data: data.data,
    annotations: Object.fromEntries(
      fieldsOf(fieldOf(metadata, 'annotations')?.value).flatMap(({ name, value }) => {
        const text = textOf(value);
        return text === undefined ? [] : [[name, text]];
      }),
    ),
    managedFields: managedFields === undefined ? undefined : plainValueOf(managedFields),
    notes: [
      ...notes,
      ...(isBare ? [dataOnly] : objectNotes(object, lines)),
      ...data.notes,
      ...sizeNotes(data.data),
    ],
    commentedOut: commentedOut(lines),
  };
}

const dataOnly = noteOf(
  'data-only',
  'info',
  'There is no ConfigMap around the sections: they are read as the data of ConfigMap kube-system/aws-auth.',
);
