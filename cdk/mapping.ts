/** What the four resource constructs that map principals have in common. */
import { CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type ResourceType } from '../access/contract';
import { doorOf } from './door';
import { exactlyOne, explained } from './given-props';
import { type MappingProps } from './mapping-props';
import { refuseSecondMapping } from './one-principal';
import { checkProperties } from './property-check';
import { environmentProblem, OF_A_STACK } from './same-environment';
import { checkServiceTimeout } from './service-timeout';
import { WaysIn } from './ways-in';

/** One principal's way into one cluster. */
export abstract class Mapping extends Construct {
  private resource!: CustomResource;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MappingProps,
  ) {
    super(scope, id);
  }

  /**
   * Checks the properties and makes the resource; props that were left out are left out.
   *
   * @internal
   */
  protected _make(resourceType: ResourceType, properties: Readonly<Record<string, unknown>>): void {
    const { provider, serviceTimeout = provider.serviceTimeout, removalPolicy } = this.props;
    const given = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    explained(this, () => {
      checkServiceTimeout(serviceTimeout, provider.leastServiceTimeout);
      checkProperties(resourceType, { ServiceToken: provider.serviceToken, ...given });
      const problem = environmentProblem(provider, Stack.of(this), OF_A_STACK);
      if (problem !== undefined) throw new Error(problem);
    });
    refuseSecondMapping(this, given);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType,
      serviceToken: provider.serviceToken,
      serviceTimeout,
      removalPolicy: removalPolicy ?? RemovalPolicy.DESTROY,
      properties: given,
    });
    // Nothing of the provider may be deleted before the last Delete is answered, also not what the function does not
    // refer to: its queue policy, its event configuration, its own access entry (CR-54).
    const { Cluster, ClusterName } = given;
    const door = doorOf(provider.serviceToken, String(Cluster ?? ClusterName), this);
    this.resource.node.addDependency(provider, WaysIn.of(this).before(this, door));
  }

  /**
   * The name of the cluster, from whichever prop has it.
   *
   * @internal
   */
  protected _clusterName(): string {
    const { cluster, clusterName } = this.props;
    return this._exactlyOne({ cluster: cluster?.clusterRef.clusterName, clusterName });
  }

  /**
   * The property that names the principal: its ARN, from whichever prop has it, or the permission set.
   *
   * @internal
   */
  protected _principal(
    property: 'RoleArn' | 'PrincipalArn',
    arns: Readonly<Record<string, string | undefined>>,
    { permissionSet, accountId }: { readonly permissionSet?: string; readonly accountId?: string },
  ): Readonly<Record<string, string | undefined>> {
    const name = this._exactlyOne({ ...arns, permissionSet });
    const AccountId = accountId;
    return permissionSet === undefined ? { [property]: name, AccountId } : { PermissionSet: name, AccountId };
  }

  /**
   * The one of several props that was given. Throws unless it is exactly one.
   *
   * @internal
   */
  protected _exactlyOne(candidates: Readonly<Record<string, string | undefined>>): string {
    return exactlyOne(this, candidates);
  }

  /** The physical id: what `Ref` gives. */
  get physicalId(): string {
    return this.resource.ref;
  }

  /** The ARN of the principal as the cluster has it. */
  get attrPrincipalArn(): string {
    return this.resource.getAttString('PrincipalArn');
  }

  /** The Kubernetes user name at login; templates such as `{{SessionName}}` unfilled. */
  get attrUserName(): string {
    return this.resource.getAttString('UserName');
  }

  /** The Kubernetes groups, separated by commas. */
  get attrGroups(): string {
    return this.resource.getAttString('Groups');
  }

  /** Where the mapping lives: `CONFIG_MAP` or `API`. */
  get attrAuthenticationMode(): string {
    return this.resource.getAttString('AuthenticationMode');
  }

  /** The ARN of the access entry; empty where the mapping lives in aws-auth. */
  get attrAccessEntryArn(): string {
    return this.resource.getAttString('AccessEntryArn');
  }

  /** `true` while an entry of another owner is kept, to be put back on Delete. */
  get attrAdopted(): string {
    return this.resource.getAttString('Adopted');
  }
}
