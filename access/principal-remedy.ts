/** What to write instead of text that is no ARN of a role or user. Pure. */

const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /^arn:[^:]*:iam::[^:]*:group\//,
    'IAM groups cannot log in to a cluster: map the roles or users themselves',
  ],
  [/^arn:[^:]*:iam::[^:]*:instance-profile\//, 'use the ARN of the role inside the instance profile'],
  [/^arn:[^:]*:iam::[^:]*:policy\//, 'this is a policy: use the ARN of the role or user'],
  [/^arn:[^:]*:sts::[^:]*:federated-user\//, 'federated users have no lasting identity: map a role'],
  [/^arn:[^:]*:sts::/, 'of the sts ARNs only arn:P:sts::ACCOUNT:assumed-role/ROLE/SESSION names a role'],
  [/^arn:[^:]*:eks:/, 'this is an EKS ARN: use the ARN of the IAM role or user'],
  [/^[0-9]{12}$/, 'this is an account id: use Custom::EksMapAccountsEntry, or the ARN of a role or user'],
  [
    /^[\w+=,.@/-]+$/,
    'it is not an IAM ARN but a name, which is what !Ref of a role or user gives: write !GetAtt LOGICALID.Arn, or arn:aws:iam::ACCOUNT:role/NAME or …:user/NAME',
  ],
];

/** One clause; undefined where the text has no shape that is known. */
export function principalRemedy(text: string): string | undefined {
  // IAM is of no Region, and its ARNs leave the place of one empty.
  const [, head, tail] = /^(arn:[^:]*:(?:iam|sts):)[^:]+:([0-9]{12}:.+)$/.exec(text) ?? [];
  if (head !== undefined) return `it is not an IAM ARN, because those have no Region: write ${head}:${tail}`;
  const [, before, after] = /^(arn:[^:]*:(?:iam|sts):)([0-9]{12}:.+)$/.exec(text) ?? [];
  if (before !== undefined) {
    return `it is not an IAM ARN, because a colon is missing before the account id: write ${before}:${after}`;
  }
  return remedies.find(([shape]) => shape.test(text))?.[1];
}
