import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Layer rules: the message is the design sentence, so that the rule teaches (docs/design.md). */
const edgeOnly = {
  group: ['@aws-sdk/*', '@smithy/*'],
  message: 'vendor SDKs live at the edge: only lambda/cluster/ talks to AWS; its types are for everybody',
  allowTypeImports: true,
};
const noKubernetesClient = {
  group: ['@kubernetes/client-node'],
  message:
    'the bundle reaches Kubernetes with node:https and two verbs; client-node is for tests and the command line',
};
const pure = [
  'lambda/principal-arn.ts',
  'lambda/resource.ts',
  'lambda/guardrails.ts',
  'lambda/ownership.ts',
  'lambda/placement.ts',
  'lambda/physical-id.ts',
  'lambda/node-identity.ts',
  'lambda/property-names.ts',
  'lambda/pattern.ts',
  'lambda/grant.ts',
  'lambda/attributes.ts',
  'lambda/cluster/partition.ts',
  'lambda/cloudformation/answer-url.ts',
  'lambda/cloudformation/schema-error.ts',
  'lambda/cloudformation/closest.ts',
  'lambda/contract.ts',
  'lambda/errors.ts',
  'lambda/cloudformation/event.ts',
  'lambda/cloudformation/properties.ts',
  'lambda/cloudformation/response.ts',
  'lambda/aws-auth/identity-mapping.ts',
  'lambda/aws-auth/document.ts',
  'lambda/aws-auth/authenticator.ts',
  'lambda/aws-auth/plan.ts',
  'lambda/aws-auth/claim.ts',
  'lambda/aws-auth/entries.ts',
  'lambda/aws-auth/size.ts',
  'lambda/aws-auth/proof.ts',
  'lambda/aws-auth/proven-edit.ts',
  'lambda/aws-auth/refusal.ts',
  'lambda/aws-auth/translate.ts',
  'lambda/aws-auth/loaded.ts',
  'lambda/aws-auth/list-reading.ts',
  'lambda/aws-auth/quoted-scalar.ts',
  'lambda/aws-auth/document-error.ts',
  'lambda/aws-auth/text-place.ts',
  'lambda/aws-auth/decode-budget.ts',
  'lambda/aws-auth/section-*.ts',
  'lambda/aws-auth/entry-*.ts',
  'lambda/aws-auth/yaml-*.ts',
  'lambda/aws-auth/go-yaml-*.ts',
  'lambda/access-entry/access-entry.ts',
  'lambda/access-entry/translate.ts',
  'lambda/access-entry/plan.ts',
  'lambda/access-entry/owner-tags.ts',
  'lambda/access-entry/policies.ts',
  'lambda/access-entry/hindrance.ts',
  'lambda/access-entry/claim.ts',
  'lambda/access-entry/release.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'cdk.out/', 'node_modules/', 'coverage/', 'schemas/generated/', 'test/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['lambda/**/*.ts'],
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [edgeOnly, noKubernetesClient] }],
    },
  },
  {
    files: ['lambda/cluster/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [noKubernetesClient] }],
    },
  },
  {
    files: ['lambda/aws-auth/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            edgeOnly,
            noKubernetesClient,
            {
              group: ['**/access-entry/*'],
              message: 'the two back ends are siblings and never import each other',
            },
          ],
        },
      ],
    },
  },
  {
    files: pure,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            edgeOnly,
            noKubernetesClient,
            {
              group: ['**/log', '**/store', '**/send', 'node:*'],
              message: 'what decides is pure: no SDK, clock, environment, network or log',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'what decides is pure: the environment is read in lambda/index.ts' },
        { name: 'setTimeout', message: 'what decides is pure: time is passed in' },
        { name: 'fetch', message: 'what decides is pure: only stores and send.ts talk' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'what decides is pure: time is passed in' },
        { object: 'Math', property: 'random', message: 'what decides is pure: randomness is passed in' },
      ],
    },
  },
  {
    files: ['cdk/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '\\.\\./(\\.\\./)?lambda/(?!contract$|guardrails$|principal-arn$|errors$|cloudformation/properties$|resource$|access-entry/translate$)',
              message:
                'constructs share the contract, the schemas and the pure validators with the function, nothing else',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
