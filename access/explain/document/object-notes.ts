/** What there is to say about the object that was chosen, and about the choice. */
import { type KubernetesObject, isLikeSection } from './objects';
import { fieldOf, fieldsOf } from './nodes';
import { noteOf, quoted } from './notes';
import { type DocumentNote } from './document';
import { type Lines } from './lines';
import { type Part } from './parts';

export function* choiceNotes(
  object: KubernetesObject,
  found: readonly KubernetesObject[],
  parts: readonly Part[],
  lines: Lines,
): Generator<DocumentNote> {
  const { part, node, listed } = object;
  const span = lines.span(part.base + node.content, part.base + node.content);
  const { line } = span.from;
  const documents = parts.filter(({ root, errorAt }) => root !== undefined || errorAt !== undefined).length;
  if (found.length > 1) {
    const sentence = `aws-auth is here ${found.length} times: the last is read, from line ${line} on, as kubectl apply would leave it.`;
    yield noteOf('several-documents', 'warn', sentence, { span });
  } else if (documents > 1) {
    const sentence = `The text has ${documents} documents: aws-auth is read, from line ${line} on.`;
    yield noteOf('several-documents', 'info', sentence, { span });
  }
  if (listed !== undefined && listed > 1) {
    const sentence = `The list has ${listed} objects: aws-auth is read, from line ${line} on.`;
    yield noteOf('chosen-from-list', 'info', sentence, { span });
  }
  if (part.restAt !== undefined) {
    const rest = lines.span(part.base + part.restAt, part.base + part.restAt);
    const sentence = `Nothing from line ${rest.from.line} on is read: the document has ended there.`;
    yield noteOf('rest-not-read', 'error', sentence, { span: rest });
  }
}

export function* objectNotes(
  { node, part, name, namespace }: KubernetesObject,
  lines: Lines,
): Generator<DocumentNote> {
  if (name === undefined) {
    const sentence =
      'metadata.name is missing, so that no API server takes the object: it is read as aws-auth.';
    yield noteOf('name-missing', 'warn', sentence);
  } else if (namespace === undefined) {
    const sentence =
      'metadata.namespace is missing: EKS reads kube-system only, and kubectl writes to the namespace of the context.';
    yield noteOf('namespace-missing', 'warn', sentence);
  }
  const outside = fieldsOf(node).filter((field) => isLikeSection(field.name));
  const binary = fieldsOf(fieldOf(node, 'binaryData')?.value).filter((field) => isLikeSection(field.name));
  for (const { key, name: misplaced } of [...outside, ...binary]) {
    const span = lines.span(part.base + key.content, part.base + key.end);
    const sentence = `Nothing under ${quoted(misplaced)} counts: the authenticator reads data. Indent it under "data:".`;
    yield noteOf('section-outside-data', 'error', sentence, { span });
  }
  const data = fieldsOf(node).filter((field) => field.name === 'data');
  const [first] = data;
  const last = data.at(-1);
  if (first !== undefined && last !== undefined && first !== last) {
    const span = lines.span(part.base + first.key.content, part.base + first.key.end);
    const { line } = lines.positionAt(part.base + last.key.content);
    const sentence = `"data" is written twice: only the one in line ${line} counts. Put the sections of both under one key.`;
    yield noteOf('section-key-twice', 'error', sentence, { span });
  }
}
