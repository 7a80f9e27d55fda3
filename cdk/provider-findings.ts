/** What scanners find in the provider's resources and is meant, where it is so. */
import { type CfnResource } from 'aws-cdk-lib';
import {
  type Findings,
  LOG_GROUP,
  OUTSIDE_VPC,
  PLAIN_ENVIRONMENT,
  skipInCheckov,
  UNDELIVERED_QUEUE,
  UNLIMITED,
} from './findings';
import { type SettingsOptions, type SettingsParts } from './operations/settings';
import { type Toggle } from './policy/now-or-later';

export interface ExplainOptions extends Pick<SettingsOptions, 'encrypts' | 'limitsConcurrency'> {
  readonly inVpc: Toggle;
}

/** Of what is known at deploy time only, scanners see what it is not. */
export function explainFindings({ handler, logGroup, queue }: SettingsParts, options: ExplainOptions): void {
  const { encrypts, limitsConcurrency, inVpc } = options;
  const unless = (toggle: Toggle, findings: Findings): Findings => (toggle === true ? {} : findings);
  const skip = (construct: SettingsParts[keyof SettingsParts], ...findings: readonly Findings[]): void =>
    skipInCheckov(construct.node.defaultChild as CfnResource, ...findings);
  skip(logGroup, unless(encrypts, LOG_GROUP));
  skip(queue, unless(encrypts, UNDELIVERED_QUEUE));
  skip(
    handler,
    unless(limitsConcurrency, UNLIMITED),
    unless(encrypts, PLAIN_ENVIRONMENT),
    inVpc === false ? OUTSIDE_VPC : {},
  );
}
