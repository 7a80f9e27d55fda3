/**
 * Who may import whom, by folder (docs/design.md). Each comment is the sentence that a violation prints.
 * `test/pure/house/import-rules.test.ts` plants a forbidden import for each rule and sees it refused.
 */
const IMPURE =
  '^access/(aws/(?!partition(?:-names)?\\.ts$)|cluster/|http-exchange\\.ts$|[^/]+/(store|back-end|reconcile|put|remove|apply|undo|rebind|unmark)\\.ts$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'the-core-knows-no-face',
      comment:
        'access/ is a core that every face can use: it knows no CloudFormation, construct, command line or page',
      severity: 'error',
      from: { path: '^access/' },
      to: { path: '^(lambda|cdk|cli|site|local|build|bench|test)/' },
    },
    {
      name: 'back-ends-are-siblings',
      comment: 'the back ends never import each other',
      severity: 'error',
      from: { path: '^access/(aws-auth|access-entry|rbac)/' },
      to: {
        path: '^access/(aws-auth|access-entry|rbac)/',
        pathNot: '^access/$1/',
      },
    },
    {
      name: 'explanations-are-for-faces',
      comment:
        'access/explain tells people what is there: nothing that decides, and neither the function nor the constructs, imports it; plans of a move and ways back in are made from it',
      severity: 'error',
      from: {
        path: '^(access|lambda|cdk)/',
        pathNot: '^access/((explain|recovery)/|migration/(?!(effective|digest)\\.ts$))',
      },
      to: { path: '^access/explain/' },
    },
    {
      name: 'explanations-judge-nothing-anew',
      comment:
        'access/explain reads by the back ends, the dialect, what the schedule knows of records, the groups of named rights, and the loose files of access/, and needs no other room for it',
      severity: 'error',
      from: { path: '^access/explain/' },
      to: {
        path: '^access/',
        pathNot:
          '^access/(explain/|aws-auth/|access-entry/|go-yaml/|rights/(catalogue|granted|in-words)\\.ts$|following/(owned-mapping|liveness)\\.ts$|aws/partition(-names)?\\.ts$|[^/]+\\.ts$)',
      },
    },
    {
      name: 'plans-are-for-faces',
      comment:
        'access/migration plans for people: the function takes of it who gets in and the digest of a plan, and the rest of the core nothing',
      severity: 'error',
      from: { path: '^(access|lambda|cdk)/', pathNot: '^access/migration/' },
      to: { path: '^access/migration/', pathNot: '^access/migration/(effective|digest)\\.ts$' },
    },
    {
      name: 'recoveries-are-for-faces',
      comment:
        'access/recovery tells people how to get back in: the function and the rest of the core take nothing of it',
      severity: 'error',
      from: { path: '^(access|lambda|cdk)/', pathNot: '^access/recovery/' },
      to: { path: '^access/recovery/' },
    },
    {
      name: 'rules-of-rights-are-for-faces',
      comment:
        'what each of the named rights allows is in the manifest that an administrator applies and on pages for people: function and constructs know the names, and digests of the rules',
      severity: 'error',
      from: { path: '^(access|lambda|cdk)/', pathNot: '^access/(policies|rights)/' },
      to: { path: '^access/(policies/|rights/(named-rights|manifest|setup)\\.ts$)' },
    },
    {
      name: 'the-dialect-imports-nothing',
      comment: 'access/go-yaml turns text into nodes and values, and needs no other room for it',
      severity: 'error',
      from: { path: '^access/go-yaml/' },
      to: { pathNot: '^access/go-yaml/' },
    },
    {
      name: 'the-dialect-has-three-doors',
      comment: 'from outside, access/go-yaml is its doors node, read and decode',
      severity: 'error',
      from: { pathNot: '^(access/go-yaml|test)/' },
      to: { path: '^access/go-yaml/', pathNot: '^access/go-yaml/(node|read|decode)\\.ts$' },
    },
    {
      name: 'the-regular-list-is-sealed',
      comment: 'the short way to the nodes of a regular list is taken by go-yaml/read alone',
      severity: 'error',
      from: { pathNot: '^(access/go-yaml/regular/|access/go-yaml/read\\.ts$|test/)' },
      to: { path: '^access/go-yaml/regular/' },
    },
    {
      name: 'what-decides-is-pure',
      comment: 'what decides runs in a browser: no node:, no package, and nothing that talks',
      severity: 'error',
      from: { path: '^access/', pathNot: IMPURE },
      to: { path: [IMPURE, '(^|/)node_modules/'] },
    },
    {
      name: 'what-decides-needs-no-node',
      comment: 'what decides runs in a browser: no module of Node.js',
      severity: 'error',
      from: { path: '^access/', pathNot: IMPURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'vendor-clients-at-the-edge',
      comment:
        'vendor SDKs live at the edge, their types as well: access/aws, the token of access/cluster, and cli/reach-cluster',
      severity: 'error',
      from: {
        path: '^(access|lambda|cdk|schemas|cli|site)/',
        pathNot: '^(access/aws/|access/cluster/token\\.ts$|cli/reach-cluster/)',
      },
      to: { path: '(^|/)node_modules/(@aws-sdk|@smithy)/' },
    },
    {
      name: 'no-kubernetes-client-in-the-function',
      comment:
        'the function reaches Kubernetes with node:https and three verbs; client-node is for the command line, tests and benchmarks',
      severity: 'error',
      from: { pathNot: '^(cli/reach-cluster/|test/|bench/)' },
      to: { path: '(^|/)node_modules/@kubernetes/client-node/' },
    },
    {
      name: 'the-protocol-knows-no-back-end',
      comment: 'lambda/cloudformation speaks CloudFormation, and knows no back end',
      severity: 'error',
      from: { path: '^lambda/cloudformation/' },
      to: { path: '^access/(aws-auth|access-entry|rbac|cluster|go-yaml)/' },
    },
    {
      name: 'constructs-share-the-contract',
      comment: 'constructs share with the function what decides, and nothing that talks',
      severity: 'error',
      from: { path: '^cdk/' },
      to: {
        path: '^(access|lambda)/',
        pathNot:
          '^(access/guardrails/.*|access/(aws-auth|access-entry)/translator\\.ts|access/aws/partition(-names)?\\.ts|access/(?!http-exchange)[^/]+\\.ts|access/rights/(catalogue|granted)\\.ts|lambda/cloudformation/(properties|mode-properties|permission-set|expiry)\\.ts)$',
      },
    },
    {
      name: 'the-command-line-judges-nothing',
      comment:
        'cli/ prints what access/explain, access/policies, access/rights, access/migration and access/recovery say, and judges nothing of its own',
      severity: 'error',
      from: { path: '^cli/', pathNot: '^cli/reach-cluster/' },
      to: {
        path: '^(access|lambda|cdk|schemas|site|build|bench)/',
        pathNot:
          '^access/((explain|recovery|policies|rights|migration|guardrails/iam)/|(access-entry/access-entry|arn|aws/partition(-names)?|closest|desired-access|fnv1a)\\.ts$)',
      },
    },
    {
      name: 'reaching-a-cluster-judges-nothing',
      comment:
        'cli/reach-cluster reads what is there, in the types of access/explain, and makes the one change that it is given, in those of access/migration; of the core it takes the token, the parts of an ARN, the partitions, names of the contract, the guess at what was meant and the steps that make an administrator',
      severity: 'error',
      from: { path: '^cli/reach-cluster/' },
      to: {
        path: '^(access|lambda|cdk|schemas|site|build|bench)/',
        pathNot:
          '^access/(migration/steps/step\\.ts$|recovery/admin-steps\\.ts$|authentication-mode/port\\.ts$|explain/(seen-cluster|drift/seen-stack|document/read-document)\\.ts$|access-entry/access-entry\\.ts$|cluster/token\\.ts$|aws/partition\\.ts$|arn\\.ts$|contract\\.ts$|closest\\.ts$|desired-access\\.ts$)',
      },
    },
    {
      name: 'a-cluster-is-reached-by-one-door',
      comment:
        'of cli/reach-cluster the command line takes its door alone, which the build makes a file of its own',
      severity: 'error',
      from: { path: '^cli/', pathNot: '^cli/reach-cluster/' },
      to: { path: '^cli/reach-cluster/', pathNot: '^cli/reach-cluster/reach-cluster\\.ts$' },
    },
    ...require('./.dependency-cruiser.faces.cjs'),
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
      name: 'the-schedule-serves-no-event',
      comment:
        'lambda/scheduled answers nobody: of the function it takes the deadline and its parts, the log, ids and failures, and nothing of the events of CloudFormation',
      severity: 'error',
      from: { path: '^lambda/scheduled/' },
      to: {
        path: '^lambda/',
        pathNot:
          '^lambda/(scheduled/|(cloudformation/deadline|failure|log|measures/metrics|physical-id|cluster/provider-identity|role/role-of-name|within)\\.ts$)',
      },
    },
    {
      name: 'events-know-no-schedule',
      comment: 'only lambda/index knows that the function runs by a schedule as well',
      severity: 'error',
      from: { path: '^lambda/', pathNot: '^lambda/(scheduled/|index\\.ts$)' },
      to: { path: '^lambda/scheduled/' },
    },
    {
      name: 'no-circles',
      comment: 'no two files import each other, by way of others neither',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...require('./.dependency-cruiser.local-aws.cjs'),
  ],
  options: {
    // Imports of types count: they bind two rooms just the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|cdk\\.out|test/fixtures|test/real/kube)(/|$)' },
  },
};
