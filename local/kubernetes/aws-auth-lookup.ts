/** The one door to the authenticator's rules, which the function and the local AWS share. */
export { canonicalCallerArn, mappingInForce, readAwsAuth } from '../../lambda/aws-auth/authenticator';
