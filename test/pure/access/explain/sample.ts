/** The document that the golden outputs are about, with the lines that they name. */
import { type ReadAwsAuth } from '../../../../access/explain/seen-cluster';
import { awsAuthOf } from '../../../../access/explain/seen-document';
import { readDocument } from '../../../../access/explain/document/read-document';

const ARN = 'arn:aws:iam::111122223333';

export const SAMPLE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
    # nodes
    - rolearn: ${ARN}:role/prod-node
      username: system:node:{{EC2PrivateDNSName}}
      groups:
        - system:bootstrappers
        - system:nodes
    - rolearn: ${ARN}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef
      username: sso-admin:{{SessionName}}
      groups: [system:masters]
    - rolearn: ${ARN}:role/ci-deploy
      username: ci
      groups: system:masters
    - rolearn: ${ARN}:role/dev
      username: dev-a:{{SessionName}}
      groups: [team-a]
    - rolearn: ${ARN}:role/DEV
      username: dev-b:{{SessionName}}
      groups: [team-b]
  mapUsers: |
    - userarn: ${ARN}:user/alice
      username: alice
      groups: [viewers]
    - userarn: ${ARN}:user/bob
      username: @bob
      groups: [viewers]
  mapAccounts: |
    - 444455556666
`;

export const sample: ReadAwsAuth = awsAuthOf(readDocument(SAMPLE)) ?? { state: 'read', sections: {} };
