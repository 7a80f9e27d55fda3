/** The documents of the wild as the rig takes them, and everybody whom they name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const folder = join(__dirname, '..', 'fixtures', 'aws-auth');
export const files = readdirSync(folder).filter(
  (name) => /\.(yaml|json)$/.test(name) && name !== 'effective.json',
);
/** As a session name it makes every user name template work, `{{EC2PrivateDNSName}}` included. */
export const session = 'i-0a1b2c3d4e5f6072a';
/** What the API server does not take as a ConfigMap, with the reason. */
export const notAccepted: readonly string[] = [
  '23-missing-space-after-key.yaml', // not YAML
  '30-bare-list-fragment.yaml', // a list
  '33-missing-metadata-key.yaml', // not YAML
  '37-fully-commented-out.yaml', // nothing
  '45-tab-and-uppercase-userARN.yaml', // not YAML
  '50-fixture-missing-bar.yaml', // mapRoles is a list
];

/** The document as a client would send it to replace aws-auth; undefined when it is no object at all. */
export function manifestOf(file: string): object | undefined {
  let parsed: unknown;
  try {
    parsed = load(textOf(file), { json: true });
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const { metadata = {}, ...rest } = parsed as { metadata?: { annotations?: object; labels?: object } };
  const { annotations, labels } = metadata;
  return {
    ...rest,
    apiVersion: 'v1',
    metadata: {
      name: 'aws-auth',
      namespace: 'kube-system',
      ...(annotations ? { annotations } : {}),
      ...(labels ? { labels } : {}),
    },
  };
}

function textOf(file: string): string {
  const bytes = readFileSync(join(folder, file));
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Everybody whom the text names, in whatever way, each in the ARN that would sign a token; and some of each account. */
export function principalsOf(file: string): readonly string[] {
  const text = textOf(file);
  const arns = text.match(/arn:aws[a-z-]*:iam::\d{12}:(?:(?:role|user)\/[\w+=,.@/-]*[\w+=,.@-]|root)/g) ?? [];
  const sessions = [...text.matchAll(/arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)/g)].map(
    ([, partition, id, name]) => `arn:${partition}:iam::${id}:role/${name}`,
  );
  const accounts = (text.match(/\b\d{12}\b/g) ?? []).flatMap((id) => [
    `arn:aws:iam::${id}:user/anybody`,
    `arn:aws:iam::${id}:role/anybody`,
  ]);
  return [...new Set([...arns, ...sessions, ...accounts])];
}
