/**
 * The provider as one self-contained template: the same resources as the construct, the code inline, and parameters
 * where the construct has props. No assets, no bootstrap, nothing of ours to be hosted.
 */
import {
  type App,
  Duration,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Bundle, describeBundle } from '../bundle';
import { ignoreInCfnLint } from '../findings';
import { providerOutputs, providerResources } from '../provider-resources';
import { serviceTimeoutFor } from '../checks/service-timeout';
import { trustOutput } from '../cluster-roles';
import { CLUSTER_ROLE_PARAMETERS } from './plain-cluster-roles';
import { GUARDRAIL_PARAMETERS } from './plain-guardrails';
import { NETWORK_PARAMETERS } from './plain-network';
import { OPERATIONS_PARAMETERS } from './plain-operations';
import { plainParameters } from './plain-parameters';
import { nameOutputs, PROVIDER_STACK_DESCRIPTION } from './provider-stack';

/** Relative to samples/. */
const PACKAGED_CODE = '../dist/lambda';

const TIMEOUT = Duration.seconds(60);

/** Parameters as the console groups them. */
const PARAMETER_GROUPS = [
  {
    Label: { default: 'What templates may ask for' },
    Parameters: GUARDRAIL_PARAMETERS,
  },
  {
    Label: { default: 'Clusters that are reached as another role' },
    Parameters: CLUSTER_ROLE_PARAMETERS,
  },
  { Label: { default: 'IAM Identity Center' }, Parameters: ['PermissionSets'] },
  { Label: { default: 'Execution role' }, Parameters: ['NodeRoles', 'PermissionsBoundary'] },
  { Label: { default: 'Network' }, Parameters: NETWORK_PARAMETERS },
  { Label: { default: 'Clusters that move' }, Parameters: ['FollowMode', 'FollowEveryMinutes'] },
  { Label: { default: 'Roles that were deleted and made again' }, Parameters: ['HealRecreatedRoles'] },
  { Label: { default: 'Operations' }, Parameters: OPERATIONS_PARAMETERS },
  { Label: { default: 'Other' }, Parameters: ['ExportName', 'LogRetentionDays'] },
];

export class PlainProviderStack extends Stack {
  /** `packaged` leaves the code beside the template, for `aws cloudformation package`. */
  constructor(scope: App, id: string, bundle: Bundle, packaged = false) {
    super(scope, id, {
      description: packaged
        ? PROVIDER_STACK_DESCRIPTION
        : `${PROVIDER_STACK_DESCRIPTION} (${describeBundle(bundle)})`,
      synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer,
      analyticsReporting: false,
    });
    const parameters = plainParameters(this);
    this.templateOptions.metadata = {
      'AWS::CloudFormation::Interface': { ParameterGroups: PARAMETER_GROUPS },
    };
    const provider = new Construct(this, 'Provider');
    const resources = providerResources(provider, {
      bundle,
      code: lambda.Code.fromInline(bundle.code),
      guardrails: parameters.guardrails,
      clusterRoles: parameters.clusterRoles,
      rightsSetup: parameters.rightsSetup,
      terms: parameters.terms,
      environment: {},
      memorySize: 512,
      timeout: TIMEOUT,
      serviceTimeout: serviceTimeoutFor(TIMEOUT),
      logRetention: parameters.logRetention,
      removalPolicy: RemovalPolicy.RETAIN,
      inVpc: parameters.inVpc,
      permissionSets: parameters.permissionSets,
      findsPermissionSets: parameters.findsPermissionSets,
      followMode: parameters.followMode,
      follows: parameters.follows,
      everyMinutes: parameters.everyMinutes,
      healRecreatedRoles: parameters.healRecreatedRoles,
      asksForRoles: parameters.asksForRoles,
      hasAlarms: parameters.hasAlarms,
      alarmActions: [{ bind: () => ({ alarmActionArn: parameters.alarmTopicArn }) }],
      hasDashboard: parameters.hasDashboard,
      tellsForeignChanges: parameters.tellsForeignChanges,
      foreignChangesTopicArn: parameters.foreignChangesTopicArn,
      traces: parameters.traces,
      encrypts: parameters.encrypts,
      encryptionKeyArn: parameters.encryptionKeyArn,
      limitsConcurrency: parameters.limitsConcurrency,
      reservedConcurrency: parameters.reservedConcurrency,
      usesFips: parameters.usesFips,
      endpoints: parameters.endpoints,
    });
    // L2 constructs cannot say "or nothing".
    const role = resources.role.node.defaultChild as iam.CfnRole;
    role.addPropertyOverride('PermissionsBoundary', parameters.permissionsBoundary);
    resources.scheduleRole?.addPropertyOverride('PermissionsBoundary', parameters.permissionsBoundary);
    const handler = resources.handler.node.defaultChild as lambda.CfnFunction;
    handler.addPropertyOverride('VpcConfig', parameters.vpcConfig);
    if (packaged) {
      handler.addPropertyOverride('Code', PACKAGED_CODE);
      // W3002: the header says that it is for `aws cloudformation package`.
      ignoreInCfnLint(handler, 'W3002');
      handler.addPropertyOverride('Description', PROVIDER_STACK_DESCRIPTION);
    }
    // CDK's own check looks at the defaults of parameters and not at the conditions around them.
    const reason = 'inside a condition that is false while the parameter has its default, or intended';
    for (const rule of ['F3031', 'F3033', 'E1150', ...(packaged ? ['W3002'] : [])]) {
      Validations.of(this).acknowledge({ id: `CloudFormation-Validate::${rule}`, reason });
    }
    providerOutputs(provider, resources, parameters.exportName);
    trustOutput(provider, '', parameters.trust(resources.role.roleArn));
    nameOutputs(provider);
  }
}
