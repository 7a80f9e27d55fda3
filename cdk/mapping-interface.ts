/** A mapping, as other constructs use it. */
import { type IConstruct } from 'constructs';

/** One principal's way into one cluster: what is known of it once it is there. */
export interface IMapping extends IConstruct {
  /** The physical id: what `Ref` gives. */
  readonly physicalId: string;

  /** The ARN of the principal as the cluster has it. */
  readonly attrPrincipalArn: string;

  /** The Kubernetes user name at login; templates such as `{{SessionName}}` unfilled. */
  readonly attrUserName: string;

  /** The Kubernetes groups, separated by commas. */
  readonly attrGroups: string;

  /** Where the mapping lives: `CONFIG_MAP` or `API`. */
  readonly attrAuthenticationMode: string;

  /** The ARN of the access entry; empty where the mapping lives in aws-auth. */
  readonly attrAccessEntryArn: string;

  /** `true` while an entry of another owner is kept, to be put back on Delete. */
  readonly attrAdopted: string;
}
