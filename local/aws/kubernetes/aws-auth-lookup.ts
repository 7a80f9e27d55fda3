/** The one door to the authenticator's rules, which the function and the local AWS share. */
export { canonicalCallerArn, mappingInForce, readAwsAuth } from '../../../access/aws-auth/reading/login';
