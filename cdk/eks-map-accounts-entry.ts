import { type Construct } from 'constructs';
import { secondsOf } from './checks/given';
import { Mapping } from './mapping';
import { type MappingProps } from './mapping-props';

/** Properties of EksMapAccountsEntry. */
export interface EksMapAccountsEntryProps extends MappingProps {
  /** The 12-digit account id, quoted in YAML. Changing it replaces the resource. */
  readonly accountId: string;
}

/** Lets every identity of an account log in under its own ARN, without groups; in aws-auth only. */
export class EksMapAccountsEntry extends Mapping {
  constructor(scope: Construct, id: string, props: EksMapAccountsEntryProps) {
    super(scope, id, props);
    this._make('Custom::EksMapAccountsEntry', () => ({
      Cluster: this._clusterName(),
      AccountId: props.accountId,
      ExistingEntry: props.existingEntry,
      ExpiresAt: props.expiresAt,
      WaitForEffect: secondsOf(props.waitForEffect, 'waitForEffect'),
      Revision: props.revision,
    }));
  }
}
