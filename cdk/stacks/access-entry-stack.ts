/**
 * An access entry with policies for the cluster and for namespaces; for clusters of mode API or API_AND_CONFIG_MAP.
 * The default guardrails allow it: neither policy is cluster admin.
 */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { AccessPolicy, EksAccessEntry, type IEksAccessProvider } from '../index';

export interface AccessEntryStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  readonly clusterName: string;
  readonly namespaces: string[];
}

export class AccessEntryStack extends Stack {
  constructor(scope: Construct, id: string, props: AccessEntryStackProps) {
    super(scope, id, props);
    new EksAccessEntry(this, 'Entry', {
      provider: props.provider,
      clusterName: props.clusterName,
      role: new iam.Role(this, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
      accessPolicies: [AccessPolicy.view(), AccessPolicy.edit({ namespaces: props.namespaces })],
    });
  }
}
