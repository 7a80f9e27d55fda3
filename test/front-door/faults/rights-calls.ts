/** The calls by which the groups of named rights are bound: rows of the table in docs/faults.md. */
import { type Call } from './calls';

const rights = (name: string, method: string, kind: string): Call => ({
  name,
  dialect: 'kubernetes',
  type: 'Create',
  resourceType: 'Custom::EksMapRolesEntry',
  ownCluster: 'with aws-auth',
  server: ({ aws }, { cluster }) => aws.controlPlane.cluster(cluster).kubernetes,
  isCall: (request) => request.method === method && request.path.includes(`/${kind}/`),
  properties: ({ cluster, roleArn, logicalId }) => ({
    Cluster: cluster,
    RoleArn: roleArn,
    UserName: 'joe',
    Groups: ['a'],
    // One for each run, so that both of a cell find their binding missing in the same cluster.
    Rights: [{ Name: 'edit', Namespaces: [logicalId.toLowerCase()] }],
  }),
});

export const RIGHTS_CALLS: readonly Call[] = [
  rights('read ClusterRole (Rights)', 'GET', 'clusterroles'),
  rights('apply RoleBinding (Rights)', 'PATCH', 'rolebindings'),
];
