/** What people write for an ARN that no caller has, by its look; the first that fits is meant. Data. */

/** For people: a clause, and a sentence of at most 160 characters. */
export type Why = readonly [clause: string, sentence: string];

export const SHAPES: readonly (readonly [RegExp, Why])[] = [
  [
    /^[\s“”„‘’]|[\s“”‘’]$|^<arn:[^<>]*>$/i,
    [
      'white space, < > or “ ” around it counts, so it matches nobody',
      'White space, < > and “ ” around the ARN are compared as well, so it matches nobody: remove them.',
    ],
  ],
  [
    /[<>]|\$\{|\{\{|YOUR[-_ ]|ACCOUNT[-_]?ID/i,
    [
      'a placeholder that is not filled in, so it matches nobody',
      'This is a placeholder: write the ARN of a role or user.',
    ],
  ],
  [
    /arn:.*[,\s]\s*arn:/i,
    [
      'several ARNs in one entry, so it matches nobody',
      'An entry has one ARN, and this names several: write an entry for each.',
    ],
  ],
  [
    /[*?]/,
    [
      'has a wildcard, which is compared letter by letter, so it matches nobody',
      'Wildcards are compared letter by letter and match nobody: name one role or user an entry.',
    ],
  ],
  [
    /^arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\//i,
    [
      'written as a session, so it matches nobody: sessions count as their role',
      "A session's ARN matches nobody: sessions log in by the ARN of their role.",
    ],
  ],
  [
    /:instance-profile\//i,
    [
      'an instance profile, which cannot log in',
      'An instance profile cannot log in: write the ARN of the role that is in it.',
    ],
  ],
  [
    /^arn:[^:]*:iam:[^:]*:[^:]*:group\//i,
    [
      'an IAM group, and groups cannot log in',
      'IAM groups cannot log in: map their users, or a role that they may assume.',
    ],
  ],
  [
    /^arn:[^:]*:iam:[^:]*:[^:]*:policy\//i,
    [
      'an IAM policy, which cannot log in',
      'This is a policy, which cannot log in: write the ARN of the role or user.',
    ],
  ],
];
