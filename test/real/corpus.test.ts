/**
 * Documents of the wild under our edits, on the real API server: everyone whom the real authenticator let in before still
 * gets in afterwards, as the same user in the same groups, and after Delete every byte is what it was.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { eventually, withRig } from './rig/lifetime';
import { type Login } from './rig/rig';
import { createStack, deleteStack, type Resources, updateStack } from './rig/stacks';

const rig = withRig();

const folder = join(__dirname, '..', 'fixtures', 'aws-auth');
const files = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name) && name !== 'effective.json');
/** As a session name it makes every user name template work, `{{EC2PrivateDNSName}}` included. */
const session = 'i-0a1b2c3d4e5f6072a';
const sentinel = 'arn:aws:iam::999999999999:user/sentinel';
interface Newcomer {
  readonly section: string;
  readonly arn: string;
  readonly created: Login;
  readonly updated: Login;
  readonly resources: (as: Login) => Resources;
}

const account = 'arn:aws:iam::111122223333';
const anybody = 'arn:aws:iam::888899990000:user/anybody';
const newcomers: readonly Newcomer[] = [
  {
    section: 'mapRoles',
    arn: `${account}:role/newcomer`,
    created: { username: 'newcomer', groups: ['guests'] },
    updated: { username: 'newcomer:{{AccountID}}', groups: ['guests', 'friends'] },
    resources: ({ username: UserName, groups: Groups }) => ({
      Newcomer: ['Custom::EksMapRolesEntry', { RoleArn: `${account}:role/newcomer`, UserName, Groups }],
    }),
  },
  {
    section: 'mapUsers',
    arn: `${account}:user/newcomer`,
    created: { username: 'new-user', groups: ['guests'] },
    updated: { username: 'new-user', groups: [] },
    resources: ({ username: UserName, groups: Groups }) => ({
      Newcomer: ['Custom::EksMapUsersEntry', { UserArn: `${account}:user/newcomer`, UserName, Groups }],
    }),
  },
  {
    section: 'mapAccounts',
    arn: anybody,
    created: { username: anybody, groups: [] },
    updated: { username: anybody, groups: [] },
    // Of an account nothing can be changed but its number.
    resources: () => ({ Newcomer: ['Custom::EksMapAccountsEntry', { AccountId: '888899990000' }] }),
  },
];

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
  '03-double-quoted-escaped-path.yaml mapRoles',
  '05-mixed-indent-sts-arn-comments.yaml mapUsers',
  '14-entry-nested-under-previous.yaml mapRoles',
  '34-ocr-garbled.yaml mapRoles',
  '39-aws-docs-hybrid-misindented.yaml mapRoles',
];

beforeAll(async () => {
  await rig().deploy({ nodePath: rig().tools.node['22'], runtime: 'nodejs22.x' });
});

afterEach(async () => {
  if (rig().aws.cloudformation.stack('newcomer')) await deleteStack(rig(), 'newcomer');
});

test.each(files)('%s', async (file) => {
  const manifest = manifestOf(file);
  await putSentinel();
  const put = manifest === undefined ? 400 : (await rig().putAwsAuth(manifest)).status;
  expect(put === 200 ? '' : file).toBe(notAccepted.includes(file) ? file : '');
  if (put !== 200) return;
  // The sentinel is refused as soon as the authenticator has read the document.
  await untilLogin(sentinel, undefined);

  const principals = principalsOf(file);
  const before = await everybody(principals);
  const found = await rig().awsAuth();

  for (const { section, arn, created, updated, resources } of newcomers) {
    const creation = await createStack(rig(), 'newcomer', resources(created));
    if (unreadable.includes(`${file} ${section}`)) {
      expect(creation.status).toBe('ROLLBACK_COMPLETE');
      expect(creation.reasons.join()).toMatch(new RegExp(`${section}.*line \\d+`));
    } else {
      expect(creation).toEqual({ status: 'CREATE_COMPLETE', reasons: [] });
      await untilLogin(arn, created);
      if (updated.username !== created.username || updated.groups.length !== created.groups.length) {
        expect(await updateStack(rig(), 'newcomer', resources(updated))).toEqual({
          status: 'UPDATE_COMPLETE',
          reasons: [],
        });
        const username = updated.username.replace('{{AccountID}}', '111122223333');
        await untilLogin(arn, { ...updated, username });
      }
    }
    expect(await everybody(principals)).toEqual(before);
    expect(await deleteStack(rig(), 'newcomer')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
    await untilLogin(arn, undefined);
    expect(await everybody(principals)).toEqual(before);
    expect(withoutEmpty((await rig().awsAuth())?.data, found?.data)).toEqual(found?.data ?? {});
  }
});

/** The authenticator knows a change within a moment. */
async function untilLogin(arn: string, expected: Login | undefined): Promise<void> {
  const text = JSON.stringify(expected);
  const login = await eventually(
    () => rig().login(arn),
    (said) => JSON.stringify(said) === text,
  );
  expect(login).toEqual(expected);
}

test('the documents let someone in', () => {
  // Else the comparisons above would be of nothing with nothing.
  expect(letIn).toBeGreaterThan(50);
});

let letIn = 0;

/** A section that the function made and emptied again may stay, as an empty list; every other byte is as it was. */
function withoutEmpty(
  data: Readonly<Record<string, string>> = {},
  known: Readonly<Record<string, string>> = {},
): object {
  return Object.fromEntries(
    Object.entries(data).filter(([key, text]) => key in known || !/^\s*(\[\])?\s*$/.test(text)),
  );
}

async function everybody(principals: readonly string[]): Promise<Record<string, Login | undefined>> {
  const logins = await Promise.all(principals.map((arn) => rig().login(arn, session)));
  letIn += logins.filter(Boolean).length;
  return Object.fromEntries(principals.map((arn, index) => [arn, logins[index]]));
}

async function putSentinel(): Promise<void> {
  const mapUsers = `- userarn: ${sentinel}\n  username: sentinel\n`;
  await rig().putAwsAuth({ metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapUsers } });
  await untilLogin(sentinel, { username: 'sentinel', groups: [] });
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
function principalsOf(file: string): readonly string[] {
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
