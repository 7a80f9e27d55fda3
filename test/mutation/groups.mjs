/** What is mutated, and the tests that have to notice; each group is one run of Stryker. */
const at = (...names) => names.map((name) => `lambda/aws-auth/${name}.ts`);
const tests = (...names) => names.map((name) => `lambda/aws-auth/${name}`);

export const GROUPS = {
  plan: {
    mutate: ['lambda/ownership.ts', ...at('plan', 'claim', 'entries', 'size', 'proven-edit')],
    tests: ['lambda/ownership', ...tests('plan', 'plan-cases', 'entries', 'size')],
  },
  document: {
    mutate: at('document', 'entry-insertion', 'entry-removal', 'entry-rendering', 'section-layout', 'proof'),
    tests: [...tests('document', 'document-*', 'proof'), 'fuzz/found', 'fuzz/fuzz'],
  },
  replacement: {
    mutate: at('entry-replacement', 'entry-style'),
    tests: [...tests('document', 'document-*'), 'fuzz/found', 'fuzz/fuzz'],
  },
  authenticator: {
    mutate: at('authenticator', 'section-reading', 'section-parsing', 'list-reading', 'entry-decoding'),
    tests: tests('authenticator', 'authenticator-*', 'section-parsing', 'section-reading'),
  },
};
