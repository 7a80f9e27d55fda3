/**
 * Scanner findings that are intended, each with its reason, all in one place so that a security reviewer can read them
 * at once. cdk-nag reads acknowledgements in the tree of constructs, checkov and cfn-lint the Metadata of the
 * resource, which the plain template carries too.
 */
import { type CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** Rule id and why it does not hold here. */
export type Findings = Readonly<Record<string, string>>;

export const LOG_GROUP: Findings = {
  CKV_AWS_158:
    'encrypted with a key of CloudWatch Logs; holds ARNs and names, no secrets, and a key of ours could lock out what explains a failed stack',
};
export const UNDELIVERED_QUEUE: Findings = {
  CKV_AWS_27: 'encrypted with keys of SQS, TLS enforced; a KMS key could lose events without a trace',
};
export const UNLIMITED: Findings = {
  CKV_AWS_115: 'a throttled Delete hangs its stack; concurrency is what Lambda has to spare',
};
export const PLAIN_ENVIRONMENT: Findings = {
  CKV_AWS_173: 'the environment holds the guardrails, which are no secret; encrypted with a key of Lambda',
};
export const OUTSIDE_VPC: Findings = {
  CKV_AWS_117: 'clusters with a public endpoint need no VPC, and in one the answer path can break',
};
export const IN_VPC: Findings = {
  CKV_AWS_111:
    'network interfaces have no names before Lambda makes them, as in AWSLambdaVPCAccessExecutionRole',
};
export const SAMPLE_FUNCTION: Findings = {
  CKV_AWS_115: 'a sample: concurrency is what Lambda has to spare',
  CKV_AWS_116: 'a sample: the caller of the function sees its failures',
  CKV_AWS_117: 'a sample: clusters with a public endpoint need no VPC',
  CKV_AWS_173: 'the environment holds the name of the cluster, which is no secret',
};
export const SAMPLE_CLUSTER: Findings = { CKV_AWS_58: 'a sample: EKS encrypts Secrets with a key of AWS' };

/** Why the provider may name resources with a wildcard, by the Sid of the statement; entries of a cluster otherwise. */
const WILDCARDS: Findings = {
  StillWanted: 'reads only: any stack of the account and Region may use the provider',
  Cluster: 'reads only: a Delete is served on every cluster, also on those that the guardrails leave out now',
  Read: 'reads only: a Delete is served on every cluster, also on those that the guardrails leave out now',
  RecreatedRoles: 'reads only: which roles templates will name is not known when the provider is deployed',
  ChangeMode: 'every cluster that guardrail clusters names, and of its configuration nothing but the mode',
  FollowModeChange: 'reads only: of every cluster that guardrail clusters names',
  NetworkInterfaces: IN_VPC['CKV_AWS_111'] ?? '',
  Tracing: 'X-Ray knows no resources to limit it by',
  PermissionSets:
    'reads roles only, and IAM knows no narrower resource for it: the role of a permission set is found by its name in the list of roles',
  ListClusters:
    'reads names only, and IAM knows no narrower resource for it: guardrail clusters has wildcards, which only the list of clusters can fill in',
};
const ENTRIES =
  'the ARN of an access entry ends in an id that EKS chooses; limited by cluster, account, type and the tag of its owner';

/** For checkov: skips these checks on this resource. */
export function skipInCheckov(resource: CfnResource, ...findings: readonly Findings[]): void {
  const all = findings.flatMap((some) => Object.entries(some));
  if (all.length === 0) return;
  resource.addMetadata('checkov', { skip: all.map(([id, comment]) => ({ id, comment })) });
}

/** For cfn-lint, which has no place for a reason: the rule's own, as a comment beside the call. */
export function ignoreInCfnLint(resource: CfnResource, ...rules: readonly string[]): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: rules } });
}

/** AwsSolutions-IAM5: every wildcard of the provider's own statements. */
export function acknowledgeWildcards(policy: IConstruct, statements: readonly unknown[]): void {
  for (const { Sid = '', Effect, Resource } of Stack.of(policy).resolve(statements) as Resolved[]) {
    // In the plain template statements are inside an Fn::If, which cdk-nag does not look into.
    if (Effect !== 'Allow') continue;
    const named = [Resource].flat().map(asNagWritesIt);
    for (const resource of named.filter((name) => name.includes('*'))) {
      const id = `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`;
      acknowledge(policy, id, WILDCARDS[Sid] ?? ENTRIES);
    }
  }
}

/** AwsSolutions-IAM4: policies of AWS that its own documents tell people to attach. */
export function acknowledgeManagedPolicies(role: IConstruct, names: readonly string[], reason: string): void {
  for (const name of names) {
    const id = `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`;
    acknowledge(role, id, reason);
  }
}

/** Does nothing where aws-cdk-lib is older than cdk-nag 3 needs: there is no such class, or it takes simpler ids. */
function acknowledge(construct: IConstruct, id: string, reason: string): void {
  try {
    (Validations as typeof Validations | undefined)?.of(construct).acknowledge({ id, reason });
  } catch (error) {
    if (!/^Invalid validation rule ID/.test((error as Error).message)) throw error;
  }
}

interface Resolved {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Resource?: unknown;
}

/** cdk-nag's way of naming a resource in a finding: references in angle brackets. */
function asNagWritesIt(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const {
    Ref,
    'Fn::Join': join,
    'Fn::GetAtt': attribute,
  } = resource as {
    readonly Ref?: string;
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
    readonly 'Fn::GetAtt'?: readonly string[];
  };
  if (join) return join[1].map(asNagWritesIt).join(join[0]);
  if (attribute) return `<${attribute.join('.')}>`;
  return Ref === undefined ? JSON.stringify(resource) : `<${Ref}>`;
}
