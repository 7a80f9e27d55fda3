/** IAM as the construct makes it of the guardrails: from then on the EKS API asks it of every call of the provider. */
import '../../../constructs/fast-synth';
import { type EksAccessGuardrails } from '../../../../cdk/guardrails';
import { type LocalAws } from '../../../../local/aws/local-aws';
import { isAllowed, type Statement } from '../../../constructs/iam';
import { constructPolicy, REGION } from '../../../constructs/policies';

/** Takes ownership tags from the entry itself, as IAM does; the local TagResource does not tell what is asked for. */
export function enforceIam(aws: LocalAws, guardrails: EksAccessGuardrails): void {
  const statements = JSON.parse(
    JSON.stringify(constructPolicy(guardrails)).replaceAll(REGION, aws.iam.region),
  ) as Statement[];
  const principal = aws.iam.roleArn('eks-access-provider');
  const tagsOf = (arn: string): Record<string, string> => {
    const entries = aws.controlPlane.clusters().flatMap((cluster) => cluster.accessEntries());
    const tags = entries.find(({ accessEntryArn }) => accessEntryArn === arn)?.tags ?? {};
    return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  };
  aws.controlPlane.setAuthorize((caller, action, resource, context) => {
    if (!caller.includes('/eks-access-provider/')) return true;
    const own = { 'aws:RequestedRegion': aws.iam.region, 'aws:PrincipalArn': principal };
    const tags = /tagResource$/i.test(action) ? tagsOf(resource) : {};
    return isAllowed(statements, { action, resource, keys: { ...own, ...tags, ...context } });
  });
}
