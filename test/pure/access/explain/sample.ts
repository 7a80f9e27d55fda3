/** The document that the golden outputs are about, with the lines that they name. */
import { positionOf } from '../../../../access/aws-auth/reading/position';
import { type ReadAwsAuth, type SeenSection } from '../../../../access/explain/seen-cluster';

const ARN = 'arn:aws:iam::111122223333';

const MAP_ROLES = `# nodes
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
`;
const MAP_USERS = `- userarn: ${ARN}:user/alice
  username: alice
  groups: [viewers]
- userarn: ${ARN}:user/bob
  username: @bob
  groups: [viewers]
`;
const MAP_ACCOUNTS = '- 444455556666\n';

/** As a block scalar whose first line is `firstLine`, indented by four. */
function placed(text: string, firstLine: number): SeenSection {
  const place = (offset: number) => {
    const { line, column } = positionOf(text, offset);
    return { line: line + firstLine - 1, column: column + 4 };
  };
  return { text, spanOf: (start, end) => ({ start, end, from: place(start), to: place(end) }) };
}

export const sample: ReadAwsAuth = {
  state: 'read',
  sections: {
    mapRoles: placed(MAP_ROLES, 8),
    mapUsers: placed(MAP_USERS, 27),
    mapAccounts: placed(MAP_ACCOUNTS, 34),
  },
};
