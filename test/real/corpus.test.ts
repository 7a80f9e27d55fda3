/**
 * Documents of the wild under our edits, on the real API server: whoever the real authenticator let in before still
 * gets in afterwards, as the same user in the same groups, and after Delete every byte is what it was.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { eventually, withRig } from './rig/lifetime';
import { type Login } from './rig/rig';
import { createStack, deleteStack, type Resources } from './rig/stacks';

const rig = withRig();

const folder = join(__dirname, '..', 'fixtures', 'aws-auth');
const files = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name) && name !== 'effective.json');
/** As a session name it makes every user name template work, `{{EC2PrivateDNSName}}` included. */
const session = 'i-0a1b2c3d4e5f6072a';
const sentinel = 'arn:aws:iam::999999999999:user/sentinel';
const newcomers = {
  role: { arn: 'arn:aws:iam::111122223333:role/newcomer', as: { username: 'newcomer', groups: ['guests'] } },
  user: { arn: 'arn:aws:iam::111122223333:user/newcomer', as: { username: 'new-user', groups: ['guests'] } },
};

/** What the API server does not take as a ConfigMap, with the reason. */
const notAccepted: readonly string[] = [
  '23-missing-space-after-key.yaml', // not YAML
  '30-bare-list-fragment.yaml', // a list
  '33-missing-metadata-key.yaml', // not YAML
  '37-fully-commented-out.yaml', // nothing
  '45-tab-and-uppercase-userARN.yaml', // not YAML
  '50-fixture-missing-bar.yaml', // mapRoles is a list
];

/** Sections that do not parse: the function writes nothing there, since the authenticator drops such a section whole. */
const unreadable: readonly string[] = [
  '03-double-quoted-escaped-path.yaml role',
  '05-mixed-indent-sts-arn-comments.yaml user',
  '14-entry-nested-under-previous.yaml role',
  '34-ocr-garbled.yaml role',
  '39-aws-docs-hybrid-misindented.yaml role',
];

beforeAll(async () => {
  await rig().deploy({ nodePath: rig().tools.node['22'], runtime: 'nodejs22.x' });
});

test.each(files)('%s', async (file) => {
  const manifest = manifestOf(file);
  await putSentinel();
  const put = manifest === undefined ? 400 : (await rig().putAwsAuth(manifest)).status;
  expect(put === 200 ? '' : file).toBe(notAccepted.includes(file) ? file : '');
  if (put !== 200) return;
  // The sentinel is refused as soon as the authenticator has read the document.
  expect(await eventually(() => rig().login(sentinel), (login) => !login)).toBeUndefined();

  const principals = principalsOf(file);
  const before = await everybody(principals);
  const found = await rig().awsAuth();

  for (const [kind, { arn, as }] of Object.entries(newcomers)) {
    const created = await createStack(rig(), `newcomer-${kind}`, resourcesFor(kind, arn, as));
    if (unreadable.includes(`${file} ${kind}`)) {
      expect(created.status).toBe('ROLLBACK_COMPLETE');
      expect(created.reasons.join()).toMatch(kind === 'role' ? /mapRoles.*line \d+/ : /mapUsers.*line \d+/);
    } else {
      expect(created).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
      expect(await eventually(() => rig().login(arn), Boolean)).toEqual(as);
    }
    expect(await everybody(principals)).toEqual(before);
    expect(await deleteStack(rig(), `newcomer-${kind}`)).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    expect(await eventually(() => rig().login(arn), (login) => !login)).toBeUndefined();
    expect(await everybody(principals)).toEqual(before);
    expect(withoutEmpty((await rig().awsAuth())?.data, found?.data)).toEqual(found?.data ?? {});
  }
});

test('the documents let somebody in', () => {
  // Else the comparisons above would be of nothing with nothing.
  expect(letIn).toBeGreaterThan(50);
});

let letIn = 0;

/** A section that the function made and emptied again may stay, as a list of nobody; every other byte is as it was. */
function withoutEmpty(data: Readonly<Record<string, string>> = {}, known: Readonly<Record<string, string>> = {}): object {
  return Object.fromEntries(Object.entries(data).filter(([key, text]) => key in known || !/^\s*(\[\])?\s*$/.test(text)));
}

async function everybody(principals: readonly string[]): Promise<Record<string, Login | undefined>> {
  const logins = await Promise.all(principals.map((arn) => rig().login(arn, session)));
  letIn += logins.filter(Boolean).length;
  return Object.fromEntries(principals.map((arn, index) => [arn, logins[index]]));
}

async function putSentinel(): Promise<void> {
  const mapUsers = `- userarn: ${sentinel}\n  username: sentinel\n`;
  await rig().putAwsAuth({ metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapUsers } });
  expect(await eventually(() => rig().login(sentinel), Boolean)).toEqual({ username: 'sentinel', groups: [] });
}

function resourcesFor(kind: string, arn: string, { username: UserName, groups: Groups }: Login): Resources {
  return kind === 'role'
    ? { Newcomer: ['Custom::EksMapRolesEntry', { RoleArn: arn, UserName, Groups }] }
    : { Newcomer: ['Custom::EksMapUsersEntry', { UserArn: arn, UserName, Groups }] };
}

/** The document as a client would send it to replace aws-auth; undefined when it is no object at all. */
function manifestOf(file: string): object | undefined {
  let parsed: unknown;
  try {
    parsed = load(textOf(file), { json: true });
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const { metadata = {}, ...rest } = parsed as { metadata?: { annotations?: object; labels?: object } };
  const { annotations, labels } = metadata;
  return { ...rest, apiVersion: 'v1', metadata: { name: 'aws-auth', namespace: 'kube-system', ...(annotations ? { annotations } : {}), ...(labels ? { labels } : {}) } };
}

function textOf(file: string): string {
  const bytes = readFileSync(join(folder, file));
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Everybody whom the text names, in whatever way, each in the ARN that would sign a token; and some of each account. */
function principalsOf(file: string): readonly string[] {
  const text = textOf(file);
  const arns = text.match(/arn:aws[a-z-]*:iam::\d{12}:(?:(?:role|user)\/[\w+=,.@/-]*[\w+=,.@-]|root)/g) ?? [];
  const sessions = [...text.matchAll(/arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)/g)].map(([, partition, id, name]) => `arn:${partition}:iam::${id}:role/${name}`);
  const accounts = (text.match(/\b\d{12}\b/g) ?? []).flatMap((id) => [`arn:aws:iam::${id}:user/anybody`, `arn:aws:iam::${id}:role/anybody`]);
  return [...new Set([...arns, ...sessions, ...accounts])];
}
