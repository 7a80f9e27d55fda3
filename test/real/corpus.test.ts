/**
 * Documents of the wild under our edits, on the real API server: everyone whom the real authenticator let in before still
 * gets in afterwards, as the same user in the same groups, and after Delete every byte is what it was.
 */
import { files, manifestOf, notAccepted, principalsOf, session } from './documents';
import { eventually, withRig } from './rig/lifetime';
import { type Login } from './rig/rig';
import { createStack, deleteStack, type Resources, updateStack } from './rig/stacks';

const rig = withRig();

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
