/** Import rules of the page, and who may import the faces, for `.dependency-cruiser.cjs`. */
module.exports = [
  {
    name: 'the-page-judges-nothing',
    comment:
      "site/ shows what access/explain finds and access/migration plans, and edits by the provider's own editor; of the core it takes besides only what these speak in",
    severity: 'error',
    from: { path: '^site/' },
    to: {
      path: '^(access|cli|lambda|cdk|schemas|local|build|bench)/',
      pathNot:
        '^access/(explain/|migration/|aws-auth/(editing/|reading/|identity-mapping\\.ts$)|(closest|desired-access|errors|principal)\\.ts$)',
    },
  },
  {
    name: 'the-page-has-no-library',
    comment: 'the page is one file that a browser runs: it takes no package, and of Node.js nothing',
    severity: 'error',
    from: { path: '^site/' },
    to: {
      dependencyTypesNot: ['local', 'undetermined'],
      pathNot: '^(access|site)/',
    },
  },
  {
    name: 'the-model-of-the-page-knows-no-browser',
    comment: 'what the page says is decided in site/model, which knows nothing of what draws it',
    severity: 'error',
    from: { path: '^site/model/' },
    to: { path: '^site/(?!model/)' },
  },
  {
    name: 'nothing-knows-the-page',
    comment: 'nothing imports site/ but its tests',
    severity: 'error',
    from: { pathNot: '^(site|test)/' },
    to: { path: '^site/' },
  },
  {
    name: 'nothing-knows-the-command-line',
    comment: 'nothing imports cli/ but its build and its tests',
    severity: 'error',
    from: { pathNot: '^(cli|build|test)/' },
    to: { path: '^cli/' },
  },
];
