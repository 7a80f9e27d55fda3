/** What is mutated, and the tests that have to notice; each group is one run of Stryker. */
const at = (folder, ...names) => names.map((name) => `access/aws-auth/${folder}${name}.ts`);
const tests = (folder, ...names) => names.map((name) => `pure/access/aws-auth/${folder}${name}`);

const files = (folder, ...names) => names.map((name) => `${folder}${name}.ts`);

export const GROUPS = {
  ownership: {
    mutate: files(
      'access/',
      ...['ownership', 'ownership-removal', 'ownership-record', 'ownership-refusal'],
      ...['standing', 'surroundings', 'late-event'],
    ),
    // What goes through the back ends is left to the group claim.
    tests: ['ownership-*', 'standing', 'surroundings'].map((name) => `pure/access/${name}`),
  },
  claim: {
    mutate: ['access/aws-auth/claim.ts', ...files('access/access-entry/', 'claim', 'release')],
    tests: [
      ...['ownership', 'overtaken'].map((name) => `pure/access/${name}`),
      ...['aws-auth/plan-cases', 'aws-auth/claim', 'access-entry/claim', 'access-entry/release'].map(
        (name) => `pure/access/${name}`,
      ),
    ],
  },
  guardrails: {
    mutate: [
      ...files(
        'access/guardrails/',
        ...['access-policies', 'access-policy-table', 'given-names', 'guardrails', 'judged-access'],
        ...['parse-guardrails', 'pattern', 'refusal', 'takeover'],
      ),
      'access/reserved-prefixes.ts',
    ],
    tests: ['access-policies', 'attempts', 'guardrails', 'parse-guardrails', 'pattern', 'takeover'].map(
      (name) => `pure/access/guardrails/${name}`,
    ),
  },
  plan: {
    mutate: [
      'access/record-json.ts',
      ...at('', 'owners-annotation', 'plan', 'administrators', 'size'),
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
