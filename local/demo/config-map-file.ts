/** Reads the user's aws-auth from a file, as `kubectl apply` would: YAML or JSON, any Unicode encoding with a mark. */
import { load, YAMLException } from 'js-yaml';
import { type ConfigMapManifest } from '../aws/control-plane';
import { UsageError } from './command-line';

/** Throws UsageError, with the file's name, when it is not a ConfigMap that an API server would take. */
export function readConfigMapFile(name: string, bytes: Buffer): ConfigMapManifest {
  const document = parse(name, decode(bytes));
  if (!isObject(document))
    throw new UsageError(`${name} is not a ConfigMap: it should have kind, metadata and data`);
  const { kind = 'ConfigMap', data = {}, metadata = {} } = document;
  if (kind !== 'ConfigMap')
    throw new UsageError(`${name} is of kind ${JSON.stringify(kind)}: a ConfigMap is wanted`);
  const texts = data ?? {};
  if (!isObject(texts)) throw new UsageError(`${name}: data is not a set of keys and texts`);
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string') {
      throw new UsageError(
        `${name}: data.${key} is not a text, and the API server would refuse it: write "${key}: |"`,
      );
    }
  }
  const { annotations, labels } = isObject(metadata) ? metadata : {};
  return {
    metadata: {
      name: 'aws-auth',
      namespace: 'kube-system',
      ...(isTexts(annotations) ? { annotations } : {}),
      ...(isTexts(labels) ? { labels } : {}),
    },
    data: texts as Record<string, string>,
    ...(document['immutable'] === true ? { immutable: true } : {}),
  };
}

function parse(name: string, text: string): unknown {
  try {
    // Repeated keys are taken as kubectl takes them: the last wins.
    return load(text, { json: true });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    throw new UsageError(`${name} is not YAML: line ${line + 1}, column ${column + 1}: ${error.reason}`);
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
