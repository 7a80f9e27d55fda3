/** samples/service-accounts.yaml: the trust policy that its text becomes, and the page that shows the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate } from '../../local/aws/cloudformation/template/parse-template';
import { resolve } from '../../local/aws/cloudformation/template/resolve';
import { stackScope } from '../../local/aws/cloudformation/stack/scope';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'samples/service-accounts.yaml'), 'utf8');
const HOST = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${HOST}`;

function trustOf(id: string): unknown {
  const template = parseTemplate(text, { source: 'service-accounts.yaml' });
  const scope = stackScope({
    stack: { id: 'stack', name: 'stack', resources: new Map() },
    template,
    parameters: new Map([
      ['Namespace', 'shop'],
      ['ServiceAccount', 'orders'],
    ]),
    accountId: '111122223333',
    region: 'us-east-1',
    exported: () => undefined,
    outputsOf: () => undefined,
  });
  const properties = resolve(
    template.resources.get(id)?.properties ?? {},
    {
      ...scope,
      ref: (name) => (name === 'Issuer' ? PROVIDER : scope.ref(name)),
      attribute: (_, name) => (name === 'OpenIdConnectIssuerUrl' ? `https://${HOST}` : ''),
    },
    id,
  ) as { readonly AssumeRolePolicyDocument: unknown };
  const { AssumeRolePolicyDocument: policy } = properties;
  return typeof policy === 'string' ? JSON.parse(policy) : policy;
}

test('of IRSA: the service account and the audience, both conditions of one operator', () => {
  expect(trustOf('ServiceAccountRole')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${HOST}:sub`]: 'system:serviceaccount:shop:orders',
            [`${HOST}:aud`]: 'sts.amazonaws.com',
          },
        },
      },
    ],
  });
});

test('of EKS Pod Identity: the same for every cluster', () => {
  expect(trustOf('PodRole')).toMatchObject({
    Statement: [
      { Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    ],
  });
});

test('the page shows the resources of the sample, line for line', () => {
  const page = readFileSync(join(root, 'docs/service-accounts.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(2);
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  const named = /^(ClusterName|Namespace|ServiceAccount): (my-cluster|shop|orders)$/;
  const others = blocks.flatMap((block) => block.split('\n').map((line) => line.trim()));
  expect(others.filter((line) => !lines.has(line) && !named.test(line))).toEqual([]);
});
