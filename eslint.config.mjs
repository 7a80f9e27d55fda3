import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Import rules are dependency-cruiser's (.dependency-cruiser.cjs). The messages are design sentences (docs/design.md). */
const PURE =
  'what decides is pure and runs in a browser: no SDK, clock, environment, randomness, network or log; they are passed in';
const pureGlobals = ['process', 'setTimeout', 'setInterval', 'fetch', 'crypto', 'performance'].map(
  (name) => ({ name, message: PURE }),
);

/** Of the page, which has people's access in it: no policy of a browser stops a navigation, so that no code may make one. */
const LEAVES =
  'no code of the page goes anywhere: no policy stops a navigation, which would carry what was pasted';
const TALKS = 'nothing that was pasted leaves the page: it asks no network';
const KEEPS = 'what was pasted is not kept: the page has no storage';
const MARKUP =
  'what a document says never becomes markup or code: text is put in as text (site/dom/element.ts)';

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
      'lambda/cloudformation/{answer-url,schema-error,event,properties,as-desired,listed-properties,instance-path}.ts',
    ],
    ignores: [
      'access/aws/!(partition).ts',
      'access/cluster/**',
      'access/http-exchange.ts',
      'access/*/{store,back-end,reconcile,put,remove,apply,undo}.ts',
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
    files: ['site/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['location', 'open', 'history', 'navigation'].map((name) => ({ name, message: LEAVES })),
        ...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'RTCPeerConnection'].map(
          (name) => ({ name, message: TALKS }),
        ),
        ...['Worker', 'SharedWorker', 'Image', 'FontFace'].map((name) => ({ name, message: TALKS })),
        ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'].map((name) => ({
          name,
          message: KEEPS,
        })),
        ...['eval', 'Function'].map((name) => ({ name, message: MARKUP })),
        ...['window', 'self', 'globalThis', 'top', 'parent', 'frames'].map((name) => ({
          name,
          message: 'name what is used, so that the rules for site/ can see it',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { property: 'location', message: LEAVES },
        { property: 'defaultView', message: LEAVES },
        { property: 'sendBeacon', message: TALKS },
        { property: 'serviceWorker', message: KEEPS },
        { property: 'cookie', message: KEEPS },
        ...[
          'innerHTML',
          'outerHTML',
          'insertAdjacentHTML',
          'setHTMLUnsafe',
          'srcdoc',
          'write',
          'writeln',
        ].map((property) => ({ property, message: MARKUP })),
        ...['createContextualFragment', 'parseFromString'].map((property) => ({ property, message: MARKUP })),
        ...['src', 'action', 'submit', 'requestSubmit'].map((property) => ({ property, message: TALKS })),
      ],
      'no-console': ['error'],
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
