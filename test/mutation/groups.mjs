/** What is mutated, and the tests that have to notice; each group is one run of Stryker. */
const at = (...names) => names.map((name) => `lambda/aws-auth/${name}.ts`);

export const GROUPS = {
  plan: {
    mutate: ['lambda/ownership.ts', ...at('plan', 'claim', 'entries', 'size')],
    tests: ['ownership', 'aws-auth/plan', 'aws-auth/plan-cases', 'aws-auth/entries', 'aws-auth/size'],
  },
  document: {
    mutate: at(
      'document',
      'entry-insertion',
      'entry-removal',
      'entry-rendering',
      'section-layout',
      'proof',
      'proven-edit',
    ),
    tests: ['aws-auth/document', 'aws-auth/document-*', 'aws-auth/proof'],
  },
  replacement: {
    mutate: at('entry-replacement', 'entry-style'),
    tests: ['aws-auth/document', 'aws-auth/document-*'],
  },
  authenticator: {
    mutate: at('authenticator', 'section-reading', 'list-reading', 'entry-decoding'),
    tests: ['aws-auth/authenticator', 'aws-auth/authenticator-*'],
  },
};
