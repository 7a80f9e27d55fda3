/**
 * `explain` says YES with a user name and groups if and only if the real authenticator logs that principal in with them:
 * everybody whom the documents of the wild name.
 */
import { explainIn } from '../../access/explain/explain';
import { readDocument } from '../../access/explain/document/read-document';
import { awsAuthOf } from '../../access/explain/seen-document';
import { viewOf } from '../../access/explain/view';
import { files, manifestOf, notAccepted, principalsOf, session } from './documents';
import { eventually, withRig } from './rig/lifetime';
import { type Login } from './rig/rig';

const rig = withRig();
const sentinel = 'arn:aws:iam::999999999999:user/sentinel';
let told = { YES: 0, NO: 0 };

test.each(files.filter((file) => !notAccepted.includes(file)))('%s', async (file) => {
  await putSentinel();
  expect((await rig().putAwsAuth(manifestOf(file) ?? {})).status).toBe(200);
  // It is refused as soon as the authenticator has read the document.
  await untilLogin(undefined);
  const data = (await rig().awsAuth())?.data ?? {};
  const reading = readDocument(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      data,
    }),
  );
  const view = viewOf({ mode: 'CONFIG_MAP', awsAuth: awsAuthOf(reading) ?? { state: 'absent' } });
  for (const arn of principalsOf(file)) {
    const { verdict, sentence, as } = explainIn(view, callerOf(arn));
    const login = await rig().login(arn, session);
    if (sentence.includes('at random')) continue;
    expect([arn, verdict, sentence]).toEqual([arn, login === undefined ? 'NO' : 'YES', sentence]);
    if (verdict !== 'CANNOT SAY') told = { ...told, [verdict]: told[verdict] + 1 };
    if (login === undefined) continue;
    expect([arn, as && isFilledBy(as.userName, login.username)]).toEqual([arn, true]);
    expect([arn, [...new Set(as?.groups)].sort()]).toEqual([arn, [...new Set(login.groups)].sort()]);
  }
});

test('there is much of both', () => {
  expect(told.YES).toBeGreaterThan(50);
  expect(told.NO).toBeGreaterThan(50);
});

/** The session's ARN, as STS gives it to who assumed the role. */
function callerOf(arn: string): string {
  return arn.replace(
    /^arn:([^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/,
    `arn:$1:sts::$2:assumed-role/$3/${session}`,
  );
}

/** What only the cluster can fill in, such as the name of an instance, stays in brackets. */
function isFilledBy(text: string, userName: string): boolean {
  const parts = text.split(/<[^>]*>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`).test(userName);
}

async function putSentinel(): Promise<void> {
  const mapUsers = `- userarn: ${sentinel}\n  username: sentinel\n`;
  await rig().putAwsAuth({ metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapUsers } });
  await untilLogin({ username: 'sentinel', groups: [] });
}

async function untilLogin(expected: Login | undefined): Promise<void> {
  const text = JSON.stringify(expected);
  const login = await eventually(
    () => rig().login(sentinel),
    (said) => JSON.stringify(said) === text,
  );
  expect(login).toEqual(expected);
}
