/** An error of RBAC, held against what the access policies of the caller allow. */
import { explain } from '../../../access/explain/explain';
import { inViewOfError } from '../../../cli/verbs/refused-request';

const ARN = 'arn:aws:iam::111122223333:role/dev';
const refused = (what: string) => `Error: x is forbidden: User "view" cannot ${what}`;

test.each([
  [
    refused('list resource "nodes" in API group "" at the cluster scope'),
    'asks of the whole cluster, and AmazonEKSEditPolicy is given in dev, test-* alone',
    'AmazonEKSViewPolicy does not allow list of nodes',
  ],
  [
    refused('get resource "servicemonitors" in API group "monitoring.coreos.com" in the namespace "prod"'),
    'asks of namespace prod, and AmazonEKSEditPolicy is given in dev, test-* alone',
    'AmazonEKSViewPolicy does not allow get of servicemonitors.monitoring.coreos.com',
  ],
  [
    refused('get resource "servicemonitors" in API group "monitoring.coreos.com" in the namespace "test-1"'),
    'AmazonEKSEditPolicy does not allow get of servicemonitors.monitoring.coreos.com',
    'AmazonEKSViewPolicy does not allow get of servicemonitors.monitoring.coreos.com',
  ],
  [
    refused('create resource "pods" in API group "" in the namespace "dev"'),
    'AmazonEKSViewPolicy does not allow create of pods',
  ],
])(
  'what access policies do not allow (terraform-aws-modules/terraform-aws-eks#3016): %s',
  (text, ...whys) => {
    const policy = (name: string, namespaces: readonly string[] = []) => ({
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      scope: namespaces.length === 0 ? ('cluster' as const) : ('namespace' as const),
      namespaces,
    });
    const policies = [policy('AmazonEKSEditPolicy', ['dev', 'test-*']), policy('AmazonEKSViewPolicy')];
    const entry = { principalArn: ARN, type: 'STANDARD', username: 'view', groups: [], policies };
    const api = { mode: 'API', accessEntries: { state: 'read', entries: [entry] } } as const;
    const { steps } = inViewOfError(text, explain(api, ARN));
    expect(steps.filter(({ label }) => label === 'error').map((step) => step.text)).toEqual(whys);
  },
);
