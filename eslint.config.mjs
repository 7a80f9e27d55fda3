import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Import rules are dependency-cruiser's (.dependency-cruiser.cjs). The messages are design sentences (docs/design.md). */
const PURE =
  'what decides is pure and runs in a browser: no SDK, clock, environment, randomness, network or log; they are passed in';
const pureGlobals = ['process', 'setTimeout', 'setInterval', 'fetch', 'crypto', 'performance'].map(
  (name) => ({ name, message: PURE }),
);

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
    files: ['access/**/*.ts', 'lambda/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: [
      'access/**/*.ts',
      'lambda/{physical-id,attributes}.ts',
      'lambda/cloudformation/{answer-url,schema-error,event,properties}.ts',
    ],
    ignores: [
      'access/aws/!(partition).ts',
      'access/cluster/**',
      'access/http-exchange.ts',
      'access/**/{store,back-end,reconcile,apply,undo}.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', ...pureGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: PURE },
        { object: 'Math', property: 'random', message: PURE },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        exports: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
