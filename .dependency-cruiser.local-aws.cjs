/** The rules of the local AWS; `.dependency-cruiser.cjs` has them with the others. */
const AWS_AUTH_LOOKUP = 'local/aws/kubernetes/aws-auth-lookup\\.ts$';
const STACKS = 'local/aws/cloudformation/';

module.exports = [
  {
    name: 'the-local-aws-stands-alone',
    comment: 'local/aws imports nothing of the product: names are passed in, or are its own copies',
    severity: 'error',
    from: { path: '^local/aws/', pathNot: `^${AWS_AUTH_LOOKUP}` },
    to: { path: '^(access|lambda|cdk|schemas|cli|site|build|bench)/' },
  },
  {
    name: 'the-local-aws-reads-aws-auth-as-the-product-does',
    comment: 'the one file of local/aws that may import the product takes the reading of aws-auth from it',
    severity: 'error',
    from: { path: `^${AWS_AUTH_LOOKUP}` },
    to: {
      path: '^(access|lambda|cdk|schemas|cli|site|build|bench)/',
      pathNot: '^access/aws-auth/reading/',
    },
  },
  {
    name: 'the-local-aws-does-not-know-the-demo',
    comment: 'local/demo runs on local/aws, which does not know it',
    severity: 'error',
    from: { path: '^local/aws/' },
    to: { path: '^local/demo/' },
  },
  {
    name: 'services-know-no-cloudformation',
    comment: 'the services of the local AWS do not know the CloudFormation that calls them',
    severity: 'error',
    from: { path: '^local/aws/(server|identity|eks|kubernetes|lambda|scheduler|ssm|s3)/' },
    to: { path: '^local/aws/cloudformation/' },
  },
  {
    name: 'stacks-flow-one-way-from-the-api',
    comment:
      'the local CloudFormation flows one way, api → stack → resources → template: nothing imports the api',
    severity: 'error',
    from: { path: `^${STACKS}((stack|resources|template)/|[^/]+$)` },
    to: { path: `^${STACKS}api/` },
  },
  {
    name: 'stacks-flow-one-way-from-the-stack',
    comment:
      'the local CloudFormation flows one way, api → stack → resources → template: the api alone imports stacks',
    severity: 'error',
    from: { path: `^${STACKS}((resources|template)/|[^/]+$)` },
    to: { path: `^${STACKS}stack/` },
  },
  {
    name: 'stacks-flow-one-way-from-the-resources',
    comment:
      'the local CloudFormation flows one way, api → stack → resources → template: a template knows no resource type',
    severity: 'error',
    from: { path: `^${STACKS}(template/|[^/]+$)` },
    to: { path: `^${STACKS}resources/` },
  },
];
