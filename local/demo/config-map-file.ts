/** Finds the user's aws-auth in a file, as `kubectl apply` would: YAML or JSON, several documents, lists. Pure. */
import { loadAll, YAMLException } from 'js-yaml';
import { type ConfigMapManifest } from '../aws/control-plane';
import { UsageError } from './command-line';

type Document = Readonly<Record<string, unknown>>;

const topLevel = ['apiVersion', 'kind', 'metadata', 'data', 'binaryData', 'immutable'];
const sections = ['mapRoles', 'mapUsers', 'mapAccounts'];

/** `name`: of the file, for messages. Throws UsageError when no ConfigMap aws-auth is in it that an API server would take. */
export function readConfigMapFile(name: string, text: string): ConfigMapManifest {
  const document = awsAuthOf(name, parse(name, text));
  const refuse = (sentence: string): never => {
    throw new UsageError(`${name} ${sentence}`);
  };
  const strange = Object.keys(document).find((key) => !topLevel.includes(key));
  if (strange !== undefined)
    refuse(
      sections.includes(strange)
        ? `has ${strange} at the top: it belongs under data, as in "data: {${strange}: …}"`
        : `has ${JSON.stringify(strange)}, which is no field of a ConfigMap`,
    );
  const { data, metadata } = document;
  if (data === undefined || data === null)
    refuse('has no data: write "data: {}" for an aws-auth without entries');
  if (!isObject(data)) return refuse('has data that is not a set of keys and texts');
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string')
      refuse(`has data.${key} that is not a text, and the API server would refuse it: write "${key}: |"`);
  }
  const { annotations, labels } = isObject(metadata) ? metadata : {};
  return {
    metadata: {
      name: 'aws-auth',
      namespace: 'kube-system',
      ...(isTexts(annotations) ? { annotations } : {}),
      ...(isTexts(labels) ? { labels } : {}),
    },
    data: data as Record<string, string>,
    ...(document['immutable'] === true ? { immutable: true } : {}),
  };
}

/** Of everything that is in the file, the ConfigMap that is aws-auth; without a name it is taken for it. */
function awsAuthOf(name: string, documents: readonly unknown[]): Document {
  const all = documents.flatMap((document) =>
    isObject(document) && isList(document) ? document['items'] : [document],
  );
  const objects = all.filter(isObject);
  if (objects.length === 0)
    throw new UsageError(`${name} is not a ConfigMap: it should have kind, metadata and data`);
  const fault = (document: Document): string | undefined => {
    const { kind = 'ConfigMap', metadata } = document;
    const { name: own = 'aws-auth', namespace = 'kube-system' } = isObject(metadata) ? metadata : {};
    if (kind !== 'ConfigMap') return `is of kind ${JSON.stringify(kind)}: a ConfigMap is wanted`;
    if (own !== 'aws-auth') return `is the ConfigMap ${JSON.stringify(own)}: aws-auth is wanted`;
    if (namespace !== 'kube-system')
      return `is in the namespace ${JSON.stringify(namespace)}: aws-auth of kube-system is wanted`;
    return undefined;
  };
  const [found, second] = objects.filter((document) => fault(document) === undefined);
  if (second) throw new UsageError(`${name} has aws-auth more than once: leave one in it`);
  if (found) return found;
  const [only] = objects;
  throw new UsageError(
    objects.length === 1 && only
      ? `${name} ${fault(only) ?? ''}`
      : `${name} has ${objects.length} objects, and none is the ConfigMap aws-auth of kube-system`,
  );
}

function isList(document: Document): document is { readonly items: readonly unknown[] } {
  return /List$/.test(String(document['kind'])) && Array.isArray(document['items']);
}

function parse(name: string, text: string): readonly unknown[] {
  if (/^Name: +\S+\r?\nNamespace: +/m.test(text))
    throw new UsageError(
      `${name} is what kubectl describe prints: kubectl get configmap aws-auth -n kube-system -o yaml prints what can be read here`,
    );
  try {
    // Repeated keys are taken as kubectl takes them: the last wins.
    return loadAll(text, { json: true }).filter((document) => document !== null && document !== undefined);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    throw new UsageError(`${name} is not YAML: line ${line + 1}, column ${column + 1}: ${error.reason}`);
  }
}

function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
