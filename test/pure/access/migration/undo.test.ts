/** What the way back of a move does next, or leaves, for each way that a cluster may look. */
import { nextUndoStep } from '../../../../access/migration/steps/undo';
import { type SeenMigration } from '../../../../access/migration/steps/seen-migration';
import { type Step } from '../../../../access/migration/steps/step';
import { type SeenNodeRole } from '../../../../access/explain/seen-cluster';
import { seenAwsAuth } from '../explain/seen';
import { digestOf, entry, iam, line, looked, mapped, ofRun } from './looked';

const OWN = mapped(line('dev'));
const BOTH = mapped(line('dev'), line('ops'));
const CHANGED = mapped(line('dev', 'dev', '[b]'));
const NODES = mapped(
  line('node', '"system:node:{{EC2PrivateDNSName}}"', '[system:bootstrappers, system:nodes]'),
);
/** The second line has its groups from the first. */
const TANGLED = mapped(line('dev', 'dev', '&groups [a]'), line('ops', 'ops', '*groups'));
const NODE: SeenNodeRole = { arn: iam('role/node'), nodeGroup: 'general' };
const isBack = `What the run ${digestOf(OWN)} has made in prod is taken back.`;

test.each<readonly [string, SeenMigration, unknown]>([
  [
    'a copy that is gone, while aws-auth gives the same',
    looked({ copy: undefined, entries: [entry('dev', ofRun(OWN))] }),
    { do: 'delete entry', principalArn: iam('role/dev') },
  ],
  [
    'a copy that is gone, while aws-auth gives something else',
    looked({ awsAuth: CHANGED, copy: undefined, entries: [entry('dev', ofRun(OWN))] }),
    {
      do: 'done',
      why: `${isBack} There is no way back from the mode.`,
      left: [
        'The access entry of role/dev stays: the copy of aws-auth is gone, and aws-auth as it is gives something else.',
      ],
    },
  ],
  [
    'aws-auth that gives something else than before',
    looked({ awsAuth: CHANGED, copy: OWN, entries: [entry('dev', ofRun(OWN))] }),
    {
      do: 'done',
      why: `${isBack} aws-auth as it was stays in ConfigMap kube-system/aws-auth.before-${digestOf(OWN)}: kubectl -n kube-system delete configmap aws-auth.before-${digestOf(OWN)}. There is no way back from the mode.`,
      left: ['The access entry of role/dev stays: aws-auth would give something else than before the run.'],
    },
  ],
  [
    'who could not prove yet to get in',
    looked({ copy: OWN, entries: [], run: { isProved: false } }),
    { do: 'prove' },
  ],
  [
    'a line that was taken out',
    looked({ awsAuth: mapped(line('ops')), copy: BOTH, entries: [entry('dev', ofRun(BOTH))] }),
    { do: 'put back', principals: [iam('role/dev')], data: BOTH.data },
  ],
  [
    'a line that was taken out of an aws-auth that has been changed since',
    looked({ awsAuth: mapped(line('new')), copy: OWN, entries: [entry('dev', ofRun(OWN))] }),
    {
      do: 'put back',
      principals: [iam('role/dev')],
      data: {
        mapRoles: `${line('new')}- rolearn: "${iam('role/dev')}"\n  username: "dev"\n  groups: ["a"]\n`,
      },
    },
  ],
  [
    'a line that a person has taken out, whose groups another one repeated',
    looked({ awsAuth: mapped(line('ops')), copy: TANGLED, entries: [entry('dev', ofRun(TANGLED))] }),
    { do: 'put back', principals: [iam('role/dev')] },
  ],
  [
    'a line that was taken out of a section that is lost by now',
    looked({
      awsAuth: seenAwsAuth({ mapRoles: '- rolearn: [\n' }),
      copy: OWN,
      entries: [entry('dev', ofRun(OWN))],
    }),
    {
      do: 'stop',
      why: expect.stringMatching(
        /^The lines of role\/dev cannot be put back: mapRoles of ConfigMap kube-system\/aws-auth, line 2, column 1: .*: fix mapRoles by hand: the authenticator cannot parse it$/,
      ) as string,
    },
  ],
  [
    "the caller's own entry, which goes last",
    looked({
      awsAuth: BOTH,
      copy: BOTH,
      caller: iam('role/ops'),
      entries: [entry('ops', ofRun(BOTH)), entry('dev', ofRun(BOTH))],
    }),
    { do: 'delete entry', principalArn: iam('role/dev') },
  ],
  [
    'access entries of nodes that EKS has not made',
    looked({ awsAuth: NODES, entries: [entry('node', { type: 'EC2_LINUX' })], nodeRoles: undefined }),
    { do: 'done', left: ['Access entries of nodes stay (role/node): EKS takes no tags on them.'] },
  ],
  [
    'access entries of nodes that EKS has made',
    looked({ awsAuth: NODES, entries: [entry('node', { type: 'EC2_LINUX' })], nodeRoles: [NODE] }),
    { do: 'done', left: [] },
  ],
])('%s', (_, seen, step) => {
  const { copy, awsAuth, entries = [] } = seen;
  const [tag] = entries.flatMap(({ tags = {} }) => Object.values(tags));
  expect(nextUndoStep(seen, tag ?? digestOf(copy ?? awsAuth))).toMatchObject(step as Step);
});
