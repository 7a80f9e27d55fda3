/** Rights in the cluster: with the very manifest that people are asked to apply, and without it (CR-40). */
import { readFileSync } from 'node:fs';
import { PROVIDER_GROUP } from '../../access/contract';
import { eventually, withRig } from './rig/lifetime';
import {
  cleanUp,
  create,
  created,
  deploy,
  login,
  mapping,
  mapRoles,
  put,
  refused,
  remove,
  role,
} from './rig/newcomer';
import { CLUSTER, grantProvider, RBAC_FILE } from './rig/rig';
import { type Ended, type Resources } from './rig/stacks';

const rig = withRig({ grant: false });

beforeAll(async () => void (await deploy(rig())));
afterEach(() => cleanUp(rig()));

test('without the manifest every Create is refused by its name, and nothing is written', async () => {
  await rig().kubectl(['delete', '--ignore-not-found', '-f', RBAC_FILE]);
  await put(rig(), { data: { mapRoles } });
  const before = await rig().awsAuth();
  expect(await create(rig())).toEqual(
    refused(/AccessDenied.*samples\/provider-rbac\.yaml.*cannot get resource \\?"configmaps\\?"/s),
  );
  expect(await rig().awsAuth()).toEqual(before);
});

test('with the manifest that people are asked to apply, an aws-auth is changed, or made where it is missing', async () => {
  await grantProvider(rig());
  await put(rig(), { data: { mapRoles } });
  expect(await create(rig())).toEqual(created);
  expect((await rig().awsAuth())?.data?.['mapRoles']).toContain(mapRoles);
  await remove(rig());

  await rig().deleteAwsAuth();
  expect(await create(rig())).toEqual(created);
  expect(await eventually(() => rig().login(role), Boolean)).toEqual(login);
});

test('the manifest gives aws-auth and nothing else, as its own commands say', async () => {
  const commands = [...readFileSync(RBAC_FILE, 'utf8').matchAll(/^# +kubectl (auth can-i .*)$/gm)].map(
    ([, command = '']) => command.split(' '),
  );
  const answers = await Promise.all(commands.map((command) => rig().kubectl(command)));
  expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['yes', 'no']);
  const may = async (...asked: string[]): Promise<string> =>
    (
      await rig().kubectl([
        'auth',
        'can-i',
        ...asked,
        '-n',
        'kube-system',
        '--as',
        PROVIDER_GROUP,
        '--as-group',
        PROVIDER_GROUP,
      ])
    ).stdout.trim();
  expect(
    await Promise.all([
      may('delete', 'configmap/aws-auth'),
      may('list', 'configmaps'),
      may('create', 'configmaps'),
      may('update', 'configmap/coredns'),
      may('get', 'secrets'),
    ]),
  ).toEqual(['no', 'no', 'no', 'no', 'no']);
});

test('a provider whose role has no mapping is told to map it, and the lines of the manifest do', async () => {
  const { serviceToken, roleArn } = await deploy(rig(), { functionName: 'stranger', exportName: 'Stranger' });
  await put(rig(), { data: { mapRoles } });
  expect(await createBy(serviceToken)).toEqual(refused(/AccessDenied.*401.*provider-rbac\.yaml/s));
  await remove(rig());

  const [lines = ''] =
    /^# +- rolearn: [\s\S]*?- cfn-eks-access$/m.exec(readFileSync(RBAC_FILE, 'utf8')) ?? [];
  const entry = lines.replace(/^# {8}/gm, '').replace(/arn:\S*NAME-OF-THE-ROLE/, roleArn);
  expect(entry).toContain(roleArn);
  await put(rig(), { data: { mapRoles: `${mapRoles}${entry}\n` } });
  const mapped = await eventually(() => rig().login(roleArn), Boolean);
  expect(mapped).toEqual({ username: PROVIDER_GROUP, groups: [PROVIDER_GROUP] });
  expect(await createBy(serviceToken)).toEqual(created);
});

async function createBy(serviceToken: string): Promise<Ended> {
  const [[type, properties]] = Object.values(mapping) as [Resources[string]];
  const template = JSON.stringify({
    Resources: {
      Newcomer: { Type: type, Properties: { ...properties, ServiceToken: serviceToken, Cluster: CLUSTER } },
    },
  });
  const { status, events } = await rig().aws.cloudformation.createStack({ name: 'newcomer', template });
  return {
    status,
    reasons: events.filter((event) => event.status === 'CREATE_FAILED').map(({ reason }) => reason ?? ''),
  };
}
