/** Roles of node groups and Fargate profiles that no entry lets in; only a live cluster tells them (GT-81). */
import { NODE_IDENTITIES, type NodeType } from '../../node-identity';
import { quote } from '../../aws-auth/editing/quote';
import { neverMatches } from '../never-matches';
import { type SeenCluster, type SeenNodeRole } from '../seen-cluster';
import { principalKeyOf, whoOf } from '../who';
import { type Draft } from './draft';

/** `working`: keys of the principals by which nodes can log in. */
export function* unmappedRoles(
  roles: readonly SeenNodeRole[],
  working: ReadonlySet<string>,
  cluster: SeenCluster,
): Generator<Draft> {
  for (const role of roles) if (!working.has(principalKeyOf(role.arn))) yield unmapped(role, cluster);
}

function unmapped({ arn, nodeGroup, type = 'EC2_LINUX' }: SeenNodeRole, { mode, name }: SeenCluster): Draft {
  const pathless = neverMatches(arn)?.instead ?? arn;
  const { userName = '', groups = [] } = NODE_IDENTITIES[type as NodeType] ?? {};
  const lines = [
    `- rolearn: ${quote(pathless)}`,
    `  username: ${quote(userName)}`,
    `  groups: [${groups.map(quote).join(', ')}]`,
  ];
  const text =
    mode === 'CONFIG_MAP' || mode === undefined
      ? lines.join('\n')
      : `aws eks create-access-entry --cluster-name ${name ?? 'CLUSTER'} --principal-arn ${arn} --type ${type}`;
  const isFargate = type === 'FARGATE_LINUX';
  const what = `${isFargate ? 'Fargate profile' : 'node group'} ${JSON.stringify(nodeGroup)}`;
  return {
    rule: 'node-mapping-missing',
    principal: arn,
    sentence: `No entry lets ${isFargate ? 'pods' : 'nodes'} of ${whoOf(arn)} in, the role of ${what}.`,
    effect: isFargate ? 'Its pods do not start.' : 'Its nodes do not become ready.',
    fix: { text, splices: [], givesAccess: true },
  };
}
