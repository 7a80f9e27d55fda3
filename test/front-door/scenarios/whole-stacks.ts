/** Stacks of the local CloudFormation, with the provider that a session has deployed. */
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type Session } from '../../../local/demo/session';

/** A Custom::EksMapRolesEntry; `undefined` takes a property out. */
export function resource(roleArn: string, more: object = {}): object {
  return {
    Type: 'Custom::EksMapRolesEntry',
    Properties: {
      ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
      ServiceTimeout: 600,
      Cluster: 'my-cluster',
      RoleArn: roleArn,
      UserName: 'x',
      Groups: ['team-a'],
      ...more,
    },
  };
}

/** Creates the stack, or updates the one that is there. */
export function deploy({ aws }: Pick<Session, 'aws'>, name: string, resources: object): Promise<Stack> {
  const request = { name, template: JSON.stringify({ Resources: resources }) };
  return aws.cloudformation.stack(name)
    ? aws.cloudformation.updateStack(request)
    : aws.cloudformation.createStack(request);
}

/** What the events of the stack say of its failures. */
export function failuresOf({ events }: Stack): string {
  return events
    .filter(({ status }) => status.endsWith('_FAILED'))
    .map(({ logicalId, reason }) => `${logicalId}: ${reason ?? ''}`)
    .join('\n');
}
