/**
 * Who may import whom, by folder (docs/design.md). Each comment is the sentence that a violation prints.
 * `test/house/import-rules.test.ts` plants a forbidden import for each rule and sees it refused.
 */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'back-ends-are-siblings',
      comment: 'the two back ends never import each other',
      severity: 'error',
      from: { path: '^lambda/(aws-auth|access-entry)/' },
      to: { path: '^lambda/(aws-auth|access-entry)/', pathNot: '^lambda/$1/' },
    },
    {
      name: 'vendor-clients-at-the-edge',
      comment:
        'vendor SDKs live at the edge: only lambda/cluster talks to AWS; their types are for everybody',
      severity: 'error',
      from: { path: '^(lambda|cdk|schemas)/', pathNot: '^lambda/cluster/' },
      to: { path: '(^|/)node_modules/(@aws-sdk|@smithy)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-kubernetes-client-in-the-product',
      comment:
        'the function reaches Kubernetes with node:https and three verbs; client-node is for tests and benchmarks',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '(^|/)node_modules/@kubernetes/client-node/' },
    },
    {
      name: 'the-product-does-not-know-the-local-aws',
      comment: 'nothing imports local/ but local/, bench/ and test/',
      severity: 'error',
      from: { pathNot: '^(local|bench|test)/' },
      to: { path: '^local/' },
    },
    {
      name: 'the-product-does-not-know-its-tests',
      comment: 'nothing imports test/ but test/',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'the-function-does-not-know-cdk',
      comment: 'lambda/ imports nothing of cdk/',
      severity: 'error',
      from: { path: '^lambda/' },
      to: { path: '^cdk/' },
    },
    {
      name: 'constructs-share-the-contract',
      comment:
        'constructs share the contract, the schemas and the pure validators with the function, nothing else',
      severity: 'error',
      from: { path: '^cdk/' },
      to: { path: '^lambda/', pathNot: '^lambda/(contract|cloudformation/properties)\\.ts$' },
    },
  ],
  options: {
    // Imports of types count: they bind two rooms just the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|cdk\\.out|test/fixtures|test/real/kube)(/|$)' },
  },
};
