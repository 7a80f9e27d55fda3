/** Who or what keeps a cluster out of mode API. */
import { hindrances } from '../../../../access/migration/steps/api-step';
import { type SeenMigration } from '../../../../access/migration/steps/seen-migration';
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { seenAwsAuth } from '../explain/seen';
import { entry, iam, line, looked, mapped, owned } from './looked';

const NODE = { arn: iam('role/node'), nodeGroup: 'general', type: 'EC2_LINUX' } as const;
const NOBODY = mapped();
const alone = 'role/dev gets in by aws-auth alone';
const withNode = (type: string, more: Partial<SeenMigration> = {}): SeenMigration =>
  looked({
    awsAuth: NOBODY,
    nodeRoles: [NODE],
    entries: [entry('Migrator'), entry('node', { type })],
    run: {},
    ...more,
  });

test.each<readonly [string, SeenMigration, readonly string[]]>([
  ['nobody', looked({ awsAuth: NOBODY }), []],
  ['no aws-auth', looked({ awsAuth: undefined }), []],
  ['a principal in a line', looked(), [`${alone}.`]],
  [
    'a principal whose access entry counts, though its policies could not be listed',
    looked({ entries: [entry('Migrator'), entry('dev', { policies: undefined })] }),
    [],
  ],
  [
    'the line of a stack',
    looked({ awsAuth: owned(mapped(line('dev')), 'dev') }),
    [`${alone}: a stack owns it, and the provider moves it.`],
  ],
  [
    'a line beside records that cannot be read',
    looked({ awsAuth: { ...mapped(line('dev')), annotations: { [OWNERS_ANNOTATION]: '{' } } }),
    [`${alone}.`],
  ],
  [
    'a section that is lost',
    looked({ awsAuth: seenAwsAuth({ mapUsers: '- userarn: [\n' }) }),
    ['mapUsers of aws-auth cannot be parsed: nobody knows whom it is meant to let in.'],
  ],
  [
    'node groups that could not be read',
    looked({ awsAuth: NOBODY, nodeRoles: undefined }),
    ['Node groups and Fargate profiles could not be read.'],
  ],
  [
    'a node group without access entry',
    looked({ awsAuth: NOBODY, nodeRoles: [NODE] }),
    ['role/node (general) has no access entry: its nodes could not join.'],
  ],
  ['a node group with its access entry', withNode('EC2_LINUX'), []],
  ['a node group with an entry of EKS Auto Mode', withNode('EC2'), []],
  [
    'a node group of which the type is not known',
    withNode('EC2_WINDOWS', { nodeRoles: [{ ...NODE, type: undefined }] }),
    [],
  ],
  [
    'a node group with an access entry of another type',
    withNode('EC2_WINDOWS'),
    ['role/node (general) has an access entry of type EC2_WINDOWS, and its nodes need EC2_LINUX.'],
  ],
  [
    'a caller without access entry',
    looked({ awsAuth: NOBODY, entries: [] }),
    ['You (role/Migrator) have no access entry.'],
  ],
  ['a caller of a kubeconfig', looked({ awsAuth: NOBODY, entries: [], caller: undefined }), []],
])('%s', (_, seen, against) => {
  expect(hindrances(seen)).toEqual(against);
});
