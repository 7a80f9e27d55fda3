/** What is mutated, and the tests that have to notice; each group is one run of Stryker. */
const at = (folder, ...names) => names.map((name) => `access/aws-auth/${folder}${name}.ts`);
const tests = (folder, ...names) => names.map((name) => `pure/access/aws-auth/${folder}${name}`);

export const GROUPS = {
  plan: {
    mutate: [
      ...['ownership', 'ownership-record', 'record-json'].map((name) => `access/${name}.ts`),
      ...at('', 'owners-annotation', 'plan', 'administrators', 'claim', 'size'),
      ...at('reading/', 'entries'),
      ...at('editing/', 'proven-edit'),
    ],
    tests: [
      'pure/access/owner*',
      ...tests('', 'owners-annotation', 'plan-cases', 'size'),
      ...tests('reading/', 'entries'),
    ],
  },
  editing: {
    mutate: at('editing/', 'edit', 'entry-text', 'restore', 'insert', 'remove', 'render', 'layout', 'proof'),
    tests: [...tests('editing/', 'edit', 'edit-*', 'proof'), 'pure/fuzz/found', 'pure/fuzz/fuzz'],
  },
  replacement: {
    mutate: at('editing/', 'replace', 'replace-values', 'style'),
    tests: [...tests('editing/', 'edit', 'edit-*'), 'pure/fuzz/found', 'pure/fuzz/fuzz'],
  },
  reading: {
    mutate: at('reading/', 'login', 'section-reader', 'parse-section', 'load-list', 'decode-entry'),
    tests: tests('reading/', 'login', 'login-*', 'decode-entry', 'parse-section', 'section-reader'),
  },
};
