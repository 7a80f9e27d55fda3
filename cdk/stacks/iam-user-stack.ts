/** An IAM user with a Kubernetes user name and groups. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { EksMapUsersEntry, type IEksAccessProvider } from '../index';

export interface IamUserStackProps extends StackProps {
  readonly provider: IEksAccessProvider;
  readonly clusterName: string;
  readonly userName: string;
  readonly groups: string[];
}

export class IamUserStack extends Stack {
  constructor(scope: Construct, id: string, props: IamUserStackProps) {
    super(scope, id, props);
    new EksMapUsersEntry(this, 'Mapping', {
      provider: props.provider,
      clusterName: props.clusterName,
      user: new iam.User(this, 'User'),
      userName: props.userName,
      groups: props.groups,
    });
  }
}
