/** What is mutated, and the tests that have to notice; each group is one run of Stryker. */
const at = (folder, ...names) => names.map((name) => `access/aws-auth/${folder}${name}.ts`);
const tests = (folder, ...names) => names.map((name) => `pure/access/aws-auth/${folder}${name}`);

const files = (folder, ...names) => names.map((name) => `${folder}${name}.ts`);
const pure = (folder, ...names) => names.map((name) => `pure/access/${folder}${name}`);
const lambda = (...names) => names.map((name) => `pure/lambda/${name}`);
const PROPERTIES = ['properties', 'known-properties', 'read-properties', '*-never-work'].map(
  (name) => `cloudformation/${name}`,
);

export const GROUPS = {
  ownership: {
    mutate: files(
      'access/',
      ...['ownership', 'ownership-removal', 'ownership-record', 'ownership-refusal'],
      ...['standing', 'surroundings', 'late-event'],
    ),
    // Left out: the table that goes through both back ends, which takes as long as all of these together.
    tests: pure('', 'ownership-*', 'standing', 'surroundings'),
  },
  'aws-auth-claim': {
    mutate: at('', 'claim'),
    tests: [...pure('', 'overtaken'), ...tests('', 'claim', 'plan-cases')],
  },
  'access-entry-claim': {
    mutate: files('access/access-entry/', 'claim', 'release'),
    tests: [...pure('', 'overtaken'), ...pure('access-entry/', 'claim', 'claim-*', 'release')],
  },
  'access-entry-plan': {
    mutate: files('access/access-entry/', 'plan', 'plan-policies', 'plan-tags'),
    tests: pure('access-entry/', 'plan'),
  },
  'access-entry-translation': {
    mutate: files('access/access-entry/', 'translate', 'unsupported'),
    tests: [...pure('', 'placement'), ...pure('access-entry/', 'translate')],
  },
  'guardrail-patterns': {
    mutate: files('access/guardrails/', 'pattern', 'takeover', 'refusal'),
    tests: pure('guardrails/', 'parse-guardrails', 'pattern', 'takeover'),
  },
  'guardrail-policies': {
    mutate: files('access/guardrails/', 'access-policies', 'access-policy-table'),
    tests: pure('guardrails/', 'access-policies'),
  },
  guardrails: {
    mutate: [
      ...files('access/guardrails/', 'given-names', 'guardrails', 'judged-access', 'parse-guardrails'),
      'access/reserved-prefixes.ts',
    ],
    tests: pure('guardrails/', 'attempts', 'given-names', 'guardrails', 'judged-access', 'parse-guardrails'),
  },
  answers: {
    mutate: [
      ...files('lambda/', 'attributes', 'failure', 'physical-id'),
      ...files('lambda/cloudformation/', 'answerable-id', 'response'),
    ],
    tests: lambda('attributes', 'failure', 'physical-id', 'cloudformation/response'),
  },
  time: {
    mutate: ['access/retry.ts', ...files('lambda/cloudformation/', 'ask-again', 'deadline', 'trust')],
    tests: [
      ...pure('', 'retry'),
      ...lambda(...['ask-again', 'deadline', 'trust'].map((name) => `cloudformation/${name}`)),
    ],
  },
  events: {
    mutate: files('lambda/cloudformation/', 'answer-url', 'event'),
    tests: lambda('cloudformation/answer-url', 'cloudformation/event'),
  },
  'way-back': { mutate: ['lambda/putting/way-back.ts'], tests: lambda('putting/way-back') },
  rights: {
    mutate: ['access/rbac/plan.ts', 'lambda/cloudformation/rights-that-never-work.ts'],
    tests: [...pure('rbac/', 'plan'), ...lambda('cloudformation/rights-that-never-work')],
  },
  'schema-errors': {
    mutate: files(
      'lambda/cloudformation/',
      'schema-error',
      'instance-path',
      'cluster-name-advice',
      'list-advice',
    ),
    tests: lambda(...PROPERTIES, 'cloudformation/schema-error'),
  },
  properties: {
    mutate: files(
      'lambda/cloudformation/',
      'properties',
      'as-desired',
      'listed-properties',
      'known-properties',
      'validated',
    ),
    tests: lambda(...PROPERTIES),
  },
  plan: {
    mutate: [
      'access/record-json.ts',
      ...at('', 'owners-annotation', 'plan', 'administrators', 'size'),
      ...at('reading/', 'entries'),
      ...at('editing/', 'proven-edit'),
    ],
    tests: [
      ...pure('', 'owner', 'ownership'),
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
