import { CustomResource, type aws_eks as eks, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { MODE_RESOURCE_TYPE } from '../access/contract';
import { checkCluster, checkModeChange } from '../access/guardrails/guardrails';
import { parseModeProperties } from '../lambda/cloudformation/mode-properties';
import {
  checkProvider,
  checkThereAreProps,
  clusterNameOf,
  refuseObjects,
  refuseUnknownProps,
} from './checks/given';
import { knownGuardrails, knownProvider } from './checks/known-providers';
import { refuseSecondMode } from './checks/one-principal';
import { namingPath } from './checks/naming-path';
import { environmentProblem, OF_A_STACK, refuseOtherStage } from './checks/same-environment';
import { checkServiceTimeout } from './checks/service-timeout';
import { KnownProperties, whereaboutsOf } from './checks/stand-ins';
import { refuseWrongReferences } from './checks/wrong-reference';
import { allButFunction } from './dependencies';
import { exactlyOne } from './exactly-one';
import { type IEksAccessProvider } from './provider-interface';

/** A mode that a cluster can be taken to. */
export enum ClusterAuthenticationMode {
  /** aws-auth and access entries. */
  API_AND_CONFIG_MAP = 'API_AND_CONFIG_MAP',
  /** Access entries alone. */
  API = 'API',
}

/** Properties of EksAuthenticationMode. */
export interface EksAuthenticationModeProps {
  /** The provider that does the work, with the guardrail `allowModeChange`. */
  readonly provider: IEksAccessProvider;

  /**
   * The EKS cluster, in the account and Region of the provider. Changing it replaces the resource. Not one whose mode its own stack sets: change it there.
   *
   * @default - `clusterName` must be given
   */
  readonly cluster?: eks.IClusterRef;

  /**
   * Name of the EKS cluster, in the account and Region of the provider. Changing it replaces the resource.
   *
   * @default - the name of `cluster`, which must be given
   */
  readonly clusterName?: string;

  /** The authentication mode that the cluster is to have at least. A cluster that is there, or further, is left as it is. One step at a time: from `CONFIG_MAP` to `API` first deploy `API_AND_CONFIG_MAP`. `API` is refused while anyone who gets in by aws-auth would lose access. */
  readonly mode: ClusterAuthenticationMode;

  /**
   * Needed for the step to `API`, which ends what aws-auth gives: the digest of who gets in, from `eks-access plan-migration`, which says that a person has looked at it. Without it, or with another one, nothing is changed, and the stack event says the digest of now, once nobody would lose access.
   *
   * @default - none, which is enough for `API_AND_CONFIG_MAP`
   */
  readonly planDigest?: string;

  /**
   * Any text. Changing it makes CloudFormation send an Update, and does nothing else.
   *
   * @default - none
   */
  readonly revision?: string;

  /**
   * How long CloudFormation waits for the answer; at least 3 × the function's timeout + 180 s. EKS takes some minutes for a change of the mode.
   *
   * @default - 900 s, or more where the provider's timeout asks for it
   */
  readonly serviceTimeout?: Duration;
}

/** Takes a cluster one step on the one way of authentication modes. A Delete and a rollback leave the mode as it is. */
export class EksAuthenticationMode extends Construct {
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: EksAuthenticationModeProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { properties, serviceTimeout } = namingPath(this, () => checked(this, stack, props));
    refuseSecondMode(this, stack, properties.Cluster);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: MODE_RESOURCE_TYPE,
      serviceToken: props.provider.serviceToken,
      serviceTimeout,
      properties,
    });
    // As of mappings: what the function needs is there before, and until the last answer (CR-54).
    this.resource.node.addDependency(allButFunction(props.provider));
  }

  /** The physical id: what `Ref` gives. */
  get physicalId(): string {
    return this.resource.ref;
  }

  /** The mode that the cluster had when CloudFormation asked last. */
  get attrAuthenticationMode(): string {
    return this.resource.getAttString('AuthenticationMode');
  }
}

/** The properties, by the function's own check as far as they are known here. Throws. */
function checked(
  scope: Construct,
  stack: Stack,
  props: EksAuthenticationModeProps,
): { readonly properties: { readonly Cluster: string }; readonly serviceTimeout: Duration } {
  checkThereAreProps(props);
  const { provider, cluster, clusterName, mode, planDigest, revision } = props;
  checkProvider(provider);
  refuseUnknownProps(MODE_RESOURCE_TYPE, props);
  const serviceTimeout = props.serviceTimeout ?? modeTimeout(provider);
  checkServiceTimeout(serviceTimeout, provider.leastServiceTimeout);
  refuseOtherStage(provider, scope);
  const problem = environmentProblem(provider, stack, OF_A_STACK);
  if (problem !== undefined) throw new Error(problem);
  const properties = {
    Cluster: exactlyOne({ cluster: clusterNameOf(cluster), clusterName }),
    Mode: mode,
    ...(planDigest === undefined ? {} : { PlanDigest: planDigest }),
    ...(revision === undefined ? {} : { Revision: revision }),
  };
  refuseObjects(properties);
  refuseWrongReferences(properties);
  const given = { ServiceToken: provider.serviceToken, ...properties };
  const known = new KnownProperties(given, whereaboutsOf(stack));
  const desired = parseModeProperties(known.withStandIns);
  const guardrails = knownProvider(provider)?.guardrails;
  if (guardrails !== undefined) {
    checkModeChange(desired.mode, knownGuardrails(guardrails));
    if (known.isKnown('Cluster')) checkCluster(desired.cluster, 'Cluster', knownGuardrails(guardrails));
  }
  return { properties, serviceTimeout };
}

/** A provider of 60 s waits some ten minutes, in 13 invocations. */
function modeTimeout({ serviceTimeout }: IEksAccessProvider): Duration {
  return Duration.seconds(Math.max(900, serviceTimeout.toSeconds()));
}
