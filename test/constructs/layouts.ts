/**
 * Every way to spread provider, cluster and mapping over stacks, as Apps. The stacks are named `provider`, `cluster` and
 * `mapping`; what is in one stack is in the one that is named first.
 */
import { type App, aws_eks as eks, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  type AllowClusterOptions,
  EksAccessProvider,
  EksMapRolesEntry,
  type IEksAccessProvider,
  MappingAuthenticationMode,
} from '../../cdk/index';

export const CLUSTER = 'prod';
export const ROLE_NAME = 'developer';
/** A provider that another App has deployed. */
export const ELSEWHERE = {
  serviceToken: 'arn:aws:lambda:us-east-1:111122223333:function:eks-access-elsewhere',
  roleArn: 'arn:aws:iam::111122223333:role/eks-access-elsewhere',
};

export interface Layout {
  /** The stack of the provider's access entry. */
  readonly entryIn: string;
  /** Whether the provider's stack is kept by stacks that import its exports. */
  readonly held: boolean;
  /** What must be there before the App is deployed. */
  readonly before?: readonly ('provider' | 'cluster')[];
  readonly build: (make: Make) => void;
}

/** What the layouts are made of. */
export class Make {
  constructor(
    readonly app: App,
    readonly options: AllowClusterOptions = {},
    private readonly mode = 'API_AND_CONFIG_MAP',
  ) {}

  stack(id: string): Stack {
    return (this.app.node.tryFindChild(id) as Stack | undefined) ?? new Stack(this.app, id);
  }

  provider(stack = this.stack('provider'), environment: Record<string, string> = {}): EksAccessProvider {
    return new EksAccessProvider(stack, 'Provider', { environment });
  }

  cluster(stack = this.stack('cluster')): eks.CfnCluster {
    return new eks.CfnCluster(stack, 'Cluster', {
      name: CLUSTER,
      roleArn: 'arn:aws:iam::111122223333:role/eks',
      resourcesVpcConfig: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
      accessConfig: { authenticationMode: this.mode, bootstrapClusterCreatorAdminPermissions: false },
    });
  }

  clusterByName(stack: Stack): eks.IClusterRef {
    return eks.CfnCluster.fromClusterName(stack, 'Imported', CLUSTER);
  }

  /** In aws-auth, which needs the provider's way in at its creation and at its deletion. */
  mapping(stack: Stack, provider: IEksAccessProvider, cluster: eks.IClusterRef): EksMapRolesEntry {
    const role = new iam.Role(stack, 'Developer', {
      roleName: ROLE_NAME,
      assumedBy: new iam.AccountRootPrincipal(),
    });
    return new EksMapRolesEntry(stack, 'Mapping', {
      provider,
      cluster,
      role,
      userName: 'developer',
      groups: ['team-a'],
      authenticationMode: MappingAuthenticationMode.CONFIG_MAP,
    });
  }

  allow(provider: IEksAccessProvider, cluster: eks.IClusterRef): void {
    provider.allowCluster(cluster, this.options);
  }
}

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  'everything in one stack': {
    entryIn: 'provider',
    held: false,
    build: (make) => {
      const stack = make.stack('provider');
      const [provider, cluster] = [make.provider(stack), make.cluster(stack)];
      make.mapping(stack, provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'provider apart, let in before the mapping is made': {
    entryIn: 'cluster',
    held: true,
    build: (make) => {
      const [provider, cluster] = [make.provider(), make.cluster()];
      make.allow(provider, cluster);
      make.mapping(make.stack('cluster'), provider, cluster);
    },
  },
  'provider apart, let in after the mapping is made': {
    entryIn: 'cluster',
    held: true,
    build: (make) => {
      const [cluster, provider] = [make.cluster(), make.provider()];
      make.mapping(make.stack('cluster'), provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'three stacks': {
    entryIn: 'cluster',
    held: true,
    build: (make) => {
      const [provider, cluster] = [make.provider(), make.cluster()];
      make.mapping(make.stack('mapping'), provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'three stacks, made the other way round': {
    entryIn: 'cluster',
    held: true,
    build: (make) => {
      const mappings = make.stack('mapping');
      const [cluster, provider] = [make.cluster(), make.provider()];
      make.allow(provider, cluster);
      make.mapping(mappings, provider, cluster);
    },
  },
  'cluster apart, let in before the mapping is made': {
    entryIn: 'provider',
    held: false,
    build: (make) => {
      const [provider, cluster] = [make.provider(), make.cluster()];
      make.allow(provider, cluster);
      make.mapping(make.stack('provider'), provider, cluster);
    },
  },
  'cluster apart, let in after the mapping is made': {
    entryIn: 'provider',
    held: false,
    build: (make) => {
      const [cluster, provider] = [make.cluster(), make.provider()];
      make.mapping(make.stack('provider'), provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'mapping apart': {
    entryIn: 'provider',
    held: true,
    build: (make) => {
      const stack = make.stack('provider');
      const [provider, cluster] = [make.provider(stack), make.cluster(stack)];
      make.allow(provider, cluster);
      make.mapping(make.stack('mapping'), provider, cluster);
    },
  },
  'a provider that needs something of the cluster’s stack': {
    entryIn: 'provider',
    held: true,
    build: (make) => {
      const cluster = make.cluster();
      const provider = make.provider(make.stack('provider'), { ENDPOINT: cluster.attrEndpoint });
      make.allow(provider, cluster);
      make.mapping(make.stack('mapping'), provider, cluster);
    },
  },
  'a cluster by name in the provider’s stack': {
    entryIn: 'provider',
    held: true,
    before: ['cluster'],
    build: (make) => {
      const provider = make.provider();
      make.allow(provider, make.clusterByName(make.stack('provider')));
      make.mapping(make.stack('mapping'), provider, make.clusterByName(make.stack('mapping')));
    },
  },
  'a cluster by name in the mapping’s stack': {
    entryIn: 'mapping',
    held: true,
    before: ['cluster'],
    build: (make) => {
      const provider = make.provider();
      const cluster = make.clusterByName(make.stack('mapping'));
      make.mapping(make.stack('mapping'), provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'a cluster by name in two stacks, let in twice': {
    entryIn: 'cluster',
    held: true,
    before: ['cluster'],
    build: (make) => {
      const provider = make.provider();
      const [one, other] = ['cluster', 'mapping'].map((id) => make.clusterByName(make.stack(id)));
      if (!one || !other) return;
      make.allow(provider, one);
      make.allow(provider, other);
      make.mapping(make.stack('mapping'), provider, other);
    },
  },
  'a cluster by name, let in from another stack than the mapping’s, which is the provider’s': {
    entryIn: 'provider',
    held: false,
    before: ['cluster'],
    build: (make) => {
      const provider = make.provider();
      make.allow(provider, make.clusterByName(make.stack('cluster')));
      make.mapping(make.stack('provider'), provider, make.clusterByName(make.stack('provider')));
    },
  },
  'fromExport beside cluster and mapping': {
    entryIn: 'cluster',
    held: true,
    before: ['provider'],
    build: (make) => {
      const stack = make.stack('cluster');
      const [provider, cluster] = [EksAccessProvider.fromExport(stack, 'Provider'), make.cluster(stack)];
      make.mapping(stack, provider, cluster);
      make.allow(provider, cluster);
    },
  },
  'fromExport in the stack of the mapping, cluster apart': {
    entryIn: 'cluster',
    held: true,
    before: ['provider'],
    build: (make) => {
      const stack = make.stack('mapping');
      const [provider, cluster] = [EksAccessProvider.fromExport(stack, 'Provider'), make.cluster()];
      make.allow(provider, cluster);
      make.mapping(stack, provider, cluster);
    },
  },
  'fromExport in two stacks': {
    entryIn: 'cluster',
    held: true,
    before: ['provider'],
    build: (make) => {
      const cluster = make.cluster();
      const [owner, user] = ['cluster', 'mapping'].map((id) =>
        EksAccessProvider.fromExport(make.stack(id), 'Provider'),
      );
      if (!owner || !user) return;
      make.mapping(make.stack('mapping'), user, cluster);
      make.allow(owner, cluster);
    },
  },
  'fromServiceToken with the ARN of the role': {
    entryIn: 'cluster',
    held: false,
    before: ['provider'],
    build: (make) => {
      const { serviceToken, roleArn } = ELSEWHERE;
      const stack = make.stack('cluster');
      const provider = EksAccessProvider.fromServiceToken(stack, 'Provider', serviceToken, { roleArn });
      const cluster = make.cluster();
      make.allow(provider, cluster);
      make.mapping(stack, provider, cluster);
    },
  },
};

/** The stacks of an App that hold anything, synthesised, in the order in which they must be deployed. */
export function synthesised(app: App): readonly { readonly id: string; readonly template: object }[] {
  return app
    .synth()
    .stacks.map(({ stackName, template }) => ({ id: stackName, template: template as object }))
    .filter(({ template }) => 'Resources' in template);
}
