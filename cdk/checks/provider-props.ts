/** Props of a provider that cannot be meant, or cannot work where it is: refused or warned of when it is synthesised. */
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { ENVIRONMENT } from '../../access/contract';
import { refuseOthers } from './given';
import { checkKinds } from './provider-kinds';
import { type EksAccessProviderProps } from '../provider-props';

/** https://docs.aws.amazon.com/general/latest/gr/eks.html, November 2026. */
const FIPS_REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'us-gov-east-1', 'us-gov-west-1'];

/** https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html, November 2026. */
const WITHOUT_EKS_ENDPOINT = ['ap-southeast-5', 'ap-southeast-7', 'mx-central-1', 'ap-east-2'];

/** Props that become environment variables of the function. */
const FROM_PROPS = [
  'guardrails',
  'followMode',
  'permissionSets',
  'clusterRoles',
  'setUpRights',
  'healRecreatedRoles',
] as const;

/** All there are: the compiler holds them to the interface. */
const PROPS: Readonly<Record<keyof EksAccessProviderProps, true>> = {
  guardrails: true,
  nodeRoles: true,
  clusterRoles: true,
  setUpRights: true,
  exportName: true,
  functionName: true,
  vpc: true,
  vpcSubnets: true,
  securityGroups: true,
  vpcEndpoints: true,
  fipsEndpoints: true,
  environment: true,
  followMode: true,
  followEvery: true,
  permissionSets: true,
  healRecreatedRoles: true,
  memorySize: true,
  timeout: true,
  logRetention: true,
  alarmTopic: true,
  foreignChangesTopic: true,
  dashboard: true,
  tracing: true,
  encryptionKey: true,
  reservedConcurrentExecutions: true,
  removalPolicy: true,
  permissionsBoundary: true,
  role: true,
};

/** Throws Error, naming the prop. */
export function checkProps(scope: Construct, props: EksAccessProviderProps): void {
  refuseOthers(Object.keys(PROPS), props);
  checkKinds(props);
  const { environment = {} } = props;
  for (const prop of FROM_PROPS) {
    const name = ENVIRONMENT[prop];
    if (name in environment)
      throw new Error(`environment sets ${name}, which is made from ${prop}: set ${prop} instead`);
  }
  if (ENVIRONMENT.roleArn in environment) {
    throw new Error(
      `environment sets ${ENVIRONMENT.roleArn}, which is made from the function's role: set role instead`,
    );
  }
  if (!props.vpc && (props.vpcSubnets || props.securityGroups)) {
    throw new Error(
      'vpcSubnets and securityGroups have no meaning without vpc: give the vpc as well, or leave them out',
    );
  }
  if (!props.vpc && props.vpcEndpoints)
    throw new Error('vpcEndpoints has no meaning without vpc: give the vpc as well, or leave it out');
  if (props.setUpRights && Object.keys(props.clusterRoles ?? {}).length === 0)
    throw new Error(
      'setUpRights has no meaning without clusterRoles: name an administrator of each cluster there, or leave it out and apply samples/rights-rbac.yaml',
    );
  checkConcurrency(props);
  checkRegion(scope, props);
}

function checkConcurrency({ reservedConcurrentExecutions: reserved }: EksAccessProviderProps): void {
  if (reserved === undefined || Token.isUnresolved(reserved)) return;
  if (!Number.isInteger(reserved) || reserved < 0)
    throw new Error(
      `reservedConcurrentExecutions is ${reserved}: give a whole number, 0 to stop all changes`,
    );
}

function checkRegion(scope: Construct, { fipsEndpoints, vpcEndpoints }: EksAccessProviderProps): void {
  const { region } = Stack.of(scope);
  const isIn = (regions: readonly string[]): boolean => regions.includes(region);
  if (fipsEndpoints && vpcEndpoints) {
    throw new Error(
      'fipsEndpoints and vpcEndpoints are both given, and not every service has a VPC endpoint for FIPS: leave vpcEndpoints out, and make those that your Region has',
    );
  }
  if (Token.isUnresolved(region)) return;
  if (fipsEndpoints && !isIn(FIPS_REGIONS)) {
    throw new Error(
      `fipsEndpoints is true, and EKS has no FIPS endpoint in ${region}: it has in ${FIPS_REGIONS.join(', ')} (for one that is newer set environment AWS_USE_FIPS_ENDPOINT)`,
    );
  }
  if (vpcEndpoints && isIn(WITHOUT_EKS_ENDPOINT)) {
    Annotations.of(scope).addWarningV2(
      'cfn-eks-access:no-eks-endpoint',
      `vpcEndpoints is true, and EKS has no VPC endpoint in ${region} as of November 2026: the function needs a way to the internet there`,
    );
  }
}
