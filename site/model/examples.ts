/** Documents as people have reported them, to try the page with. Data. */

export interface Example {
  readonly title: string;
  readonly document: string;
  /** To ask about; empty where the problems say it all. */
  readonly question: string;
}

const ARN = 'arn:aws:iam::111122223333';
const NODES = `    - rolearn: ${ARN}:role/prod-node
      username: system:node:{{EC2PrivateDNSName}}
      groups:
        - system:bootstrappers
        - system:nodes
`;

function configMap(sections: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n${sections}`;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: 'Several mistakes at once',
    question: `${ARN.replace('iam', 'sts')}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com`,
    document: configMap(`  mapRoles: |
    # nodes
${NODES}    - rolearn: ${ARN}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef
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
`),
  },
  {
    title: 'An SSO role that is refused',
    question: 'role/AWSReservedSSO_*',
    document: configMap(`  mapRoles: |
${NODES}    - rolearn: ${ARN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developers_0123456789abcdef
      username: developer:{{SessionName}}
      groups: [developers]
`),
  },
  {
    title: 'A session name without quotes',
    question: 'role/ops',
    document: configMap(`  mapRoles: |
${NODES}    - rolearn: ${ARN}:role/ops
      username: {{SessionName}}
      groups: [system:masters]
`),
  },
  {
    title: 'One role for two teams',
    question: `${ARN.replace('iam', 'sts')}:assumed-role/shared/jane`,
    document: configMap(`  mapRoles: |
${NODES}    - rolearn: ${ARN}:role/shared
      username: team-a
      groups: [team-a]
    - rolearn: ${ARN}:role/shared
      username: team-b
      groups: [team-b]
`),
  },
  {
    title: 'Nodes that do not join',
    question: 'role/prod-node',
    document: configMap(`  mapRoles: |
    - rolearn: ${ARN}:role/prod-node
      username: system:node:{{EC2PrivateDNSName}}
      groups:
      - system:bootstrappers
        - system:nodes
`),
  },
  {
    title: 'A wildcard',
    question: 'role/team-blue',
    document: configMap(`  mapRoles: |
${NODES}    - rolearn: ${ARN}:role/team-*
      username: "{{SessionName}}"
      groups: [teams]
`),
  },
  {
    title: 'A session instead of its role',
    question: 'role/build',
    document: configMap(`  mapRoles: |
${NODES}    - rolearn: ${ARN.replace('iam', 'sts')}:assumed-role/build/i-0123456789abcdef0
      username: build
      groups: [builders]
`),
  },
];
