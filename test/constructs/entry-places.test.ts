/** Where the provider's access entry is made when the stacks need each other in ways that are seldom: nested, through others, by order. */
import './fast-synth';
import { App, type aws_eks as eks, aws_iam as iam, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EksAccessProvider } from '../../cdk/index';
import { Make } from './layouts';

const WEAK = { '@aws-cdk/core:defaultCrossStackReferences': 'weak' };

interface Place {
  /** Path of the stack of the entry. */
  readonly entryIn: string;
  readonly build: (make: Make) => void;
}

const places: Readonly<Record<string, Place>> = {
  'cluster and mapping nested in the provider’s stack': {
    entryIn: 'provider/nested',
    build: (make) => {
      const nested = new NestedStack(make.stack('provider'), 'nested');
      const [provider, cluster] = [make.provider(), make.cluster(nested)];
      make.mapping(nested, provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'provider and mapping nested in the cluster’s stack': {
    entryIn: 'cluster/nested',
    build: (make) => {
      const nested = new NestedStack(make.stack('cluster'), 'nested');
      const [provider, cluster] = [make.provider(nested), make.cluster()];
      make.allow(provider, cluster);
      make.mapping(nested, provider, cluster);
    },
  },
  'two nested stacks, the mapping with the cluster': {
    entryIn: 'provider/two',
    build: (make) => {
      const [one, two] = ['one', 'two'].map((id) => new NestedStack(make.stack('provider'), id));
      if (!one || !two) return;
      const [provider, cluster] = [make.provider(one), make.cluster(two)];
      make.allow(provider, cluster);
      make.mapping(two, provider, cluster);
    },
  },
  'two nested stacks, the mapping with the provider': {
    entryIn: 'provider/one',
    build: (make) => {
      const [one, two] = ['one', 'two'].map((id) => new NestedStack(make.stack('provider'), id));
      if (!one || !two) return;
      const [provider, cluster] = [make.provider(one), make.cluster(two)];
      make.allow(provider, cluster);
      make.mapping(one, provider, cluster);
    },
  },
  'provider nested in another stack': {
    entryIn: 'cluster',
    build: (make) => {
      const nested = new NestedStack(make.stack('provider'), 'nested');
      const [provider, cluster] = [make.provider(nested), make.cluster()];
      make.allow(provider, cluster);
      make.mapping(make.stack('cluster'), provider, cluster);
    },
  },
  'a provider that needs the cluster’s stack through a third one': {
    entryIn: 'provider',
    build: (make) => {
      const cluster = make.cluster();
      const between = new iam.Role(make.stack('between'), 'Role', {
        assumedBy: new iam.AccountRootPrincipal(),
        description: cluster.attrEndpoint,
      });
      const provider = make.provider(make.stack('provider'), { ROLE: between.roleArn });
      make.allow(provider, cluster);
      make.mapping(make.stack('mapping'), provider, cluster);
    },
  },
  'a provider that needs the cluster’s stack by a reference of its own strength': {
    entryIn: 'provider',
    build: (make) => {
      const cluster = make.cluster();
      const ENDPOINT = Stack.consumeReference(cluster.attrEndpoint, ReferenceStrength.WEAK);
      make.allow(make.provider(make.stack('provider'), { ENDPOINT }), cluster);
    },
  },
  'a provider whose stack was told to wait for the cluster’s': {
    entryIn: 'provider',
    build: (make) => {
      const [provider, cluster] = [make.provider(), make.cluster()];
      make.allow(provider, cluster);
      make.stack('provider').addStackDependency(make.stack('cluster'));
    },
  },
  'a provider that was told to wait for the cluster': {
    entryIn: 'provider',
    build: (make) => {
      const [provider, cluster] = [make.provider(), make.cluster()];
      make.allow(provider, cluster);
      provider.node.addDependency(cluster);
    },
  },
  'a cluster by name, let in from a stack that needs the mapping’s': {
    entryIn: 'provider',
    build: (make) => {
      const provider = make.provider();
      const cluster: eks.IClusterRef = make.clusterByName(make.stack('cluster'));
      make.allow(provider, cluster);
      make.mapping(make.stack('mapping'), provider, make.clusterByName(make.stack('mapping')));
      make.stack('cluster').addStackDependency(make.stack('mapping'));
    },
  },
  'a role of the deployer’s own, in a stack of its own': {
    entryIn: 'cluster',
    build: (make) => {
      const role = new iam.Role(make.stack('role'), 'Role', {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      });
      const provider = new EksAccessProvider(make.stack('provider'), 'Provider', { role });
      const cluster = make.cluster();
      make.allow(provider, cluster);
      make.mapping(make.stack('cluster'), provider, cluster);
    },
  },
};

test.each(Object.entries(places))('%s', (_name, { build, entryIn }) => {
  const app = new App({ context: WEAK });
  build(new Make(app));
  const stacks = app.node.findAll().filter((node): node is Stack => Stack.isStack(node));
  const templates = stacks.map((stack) => [stack.node.path, Template.fromStack(stack)] as const);
  const withEntry = templates.filter(
    ([, template]) => Object.keys(template.findResources('AWS::EKS::AccessEntry')).length > 0,
  );
  expect(withEntry.map(([path]) => path)).toEqual([entryIn]);
  // What is weak by default, and not the provider's, is weak.
  const text = JSON.stringify(templates.map(([, template]) => template.toJSON()));
  const weak = [...text.matchAll(/"Fn::GetStackOutput":\{"StackName":"(\w+)"/g)].map(([, stack]) => stack);
  expect(weak.filter((stack) => stack === 'provider' || stack === 'role')).toEqual([]);
});
