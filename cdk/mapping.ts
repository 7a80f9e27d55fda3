/** What the four resource constructs have in common. */
import { CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type ResourceType } from '../access/contract';
import {
  checkProvider,
  checkThereAreProps,
  clusterNameOf,
  refuseObjects,
  refuseUnknownProps,
} from './checks/given';
import { checkMapping } from './checks/mapping';
import { warnOfNeighbours } from './checks/neighbours';
import { namingPath } from './checks/naming-path';
import { environmentProblem, OF_A_STACK, refuseOtherStage } from './checks/same-environment';
import { checkServiceTimeout } from './checks/service-timeout';
import { allButFunction } from './dependencies';
import { doorOf } from './door';
import { exactlyOne } from './exactly-one';
import { type IMapping } from './mapping-interface';
import { type MappingProps } from './mapping-props';
import { WaysIn } from './ways-in';

/** One principal's way into one cluster. */
export abstract class Mapping extends Construct implements IMapping {
  private resource!: CustomResource;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MappingProps,
  ) {
    super(scope, id);
    namingPath(this, () => checkThereAreProps(props));
  }

  /**
   * Checks the properties and makes the resource; props that were left out are left out. `rendered`: properties that
   * are complete only when the App is synthesised.
   *
   * @internal
   */
  protected _make(
    resourceType: ResourceType,
    propertiesOf: () => Readonly<Record<string, unknown>>,
    rendered: Readonly<Record<string, unknown>> = {},
  ): void {
    const { provider, removalPolicy, cluster } = this.props;
    const stack = Stack.of(this);
    const { given, serviceTimeout } = namingPath(this, () => {
      checkProvider(provider);
      refuseUnknownProps(resourceType, this.props);
      const properties = Object.fromEntries(
        Object.entries(propertiesOf()).filter(([, value]) => value !== undefined),
      );
      refuseObjects(properties);
      refuseOtherStage(provider, this);
      const problem = environmentProblem(provider, stack, OF_A_STACK);
      if (problem !== undefined) throw new Error(problem);
      return {
        given: properties,
        serviceTimeout: this.props.serviceTimeout ?? provider.serviceTimeout,
      };
    });
    namingPath(this, () => checkServiceTimeout(serviceTimeout, provider.leastServiceTimeout));
    const places = namingPath(this, () => checkMapping(this, resourceType, given, { provider, cluster }));
    if (cluster) warnOfNeighbours(this, cluster, provider, places);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType,
      serviceToken: provider.serviceToken,
      serviceTimeout,
      removalPolicy: removalPolicy ?? RemovalPolicy.DESTROY,
      properties: { ...given, ...rendered },
    });
    // Nothing of the provider may be deleted before the last Delete is answered, also not what the function does not
    // refer to: its queue policy, its event configuration, its own access entry (CR-54).
    const { Cluster, ClusterName } = given;
    const door = doorOf(provider.serviceToken, String(Cluster ?? ClusterName), this);
    this.resource.node.addDependency(allButFunction(provider), WaysIn.of(this).before(this, door));
  }

  /**
   * The name of the cluster, from whichever prop has it.
   *
   * @internal
   */
  protected _clusterName(): string {
    const { cluster, clusterName } = this.props;
    return exactlyOne({ cluster: clusterNameOf(cluster), clusterName });
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
