/** What Amazon EKS refuses of clusters and node groups. Pure. */
import { canonicalJson, asText, isObject, type Json } from '../../json';
import { isKnown, refusal, type ValueRule } from './value-fault';

/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (awsdocs/amazon-eks-user-guide#795). */
const subnets: ValueRule = (properties, { zoneOf }) => {
  const { ResourcesVpcConfig: network, OutpostConfig: outpost } = properties;
  if (outpost !== undefined || !isObject(network)) return undefined;
  const path = 'ResourcesVpcConfig.SubnetIds';
  const given = network['SubnetIds'];
  if (!Array.isArray(given)) return undefined;
  // What two unknown values give may be two subnets, and those may be in two zones.
  const zones = new Set(given.map((subnet) => zoneOf(subnet) ?? canonicalJson(subnet)));
  if (zones.size > 1 || given.some(isList)) return undefined;
  const [zone] = given.map(zoneOf);
  return refusal({
    service: 'Eks',
    path,
    found: given.every(isKnown) ? given : undefined,
    words: 'Subnets specified must be in at least two different AZs',
    remedy:
      given.length > 1 && zone !== undefined
        ? `all of them are in ${zone}: give a subnet of another zone, too`
        : `give a second subnet, in another zone`,
  });
};

/** A call that may give several: of a parameter, of another stack, of a split. */
function isList(value: Json): boolean {
  return !isKnown(value) && !(isObject(value) && ('Ref' in value || 'Fn::GetAtt' in value));
}

/** https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const version: ValueRule = ({ Version: value }) => {
  if (!isKnown(value) || /^1\.\d\d$/.test(asText(value))) return undefined;
  const text = asText(value);
  const isCutShort = /^1\.[1-9]$/.test(text);
  return refusal({
    service: 'Eks',
    path: 'Version',
    found: value,
    words: `unsupported Kubernetes version ${text}`,
    remedy: isCutShort
      ? `without quotes YAML reads ${text}0 as the number ${text}: write '${text}0'`
      : "write the minor version in quotes, as '1.35'",
  });
};

/** terraform-aws-modules/terraform-aws-eks#3306, ministryofjustice/cloud-platform-infrastructure#4595. */
const sizes: ValueRule = ({ ScalingConfig: config }) => {
  if (!isObject(config)) return undefined;
  const size = (name: string): number | undefined =>
    isKnown(config[name]) ? Number(asText(config[name])) : undefined;
  const [least, desired, most] = [size('MinSize'), size('DesiredSize'), size('MaxSize')];
  const refused = (path: string, found: number, words: string, remedy: string) =>
    refusal({ service: 'Eks', path: `ScalingConfig.${path}`, found, words, remedy });
  if (desired !== undefined && least !== undefined && least > desired)
    return refused(
      'MinSize',
      least,
      `Minimum capacity ${least} can't be greater than desired size ${desired}`,
      `make DesiredSize ${least} or more`,
    );
  if (desired !== undefined && most !== undefined && desired > most)
    return refused(
      'DesiredSize',
      desired,
      "desiredSize can't be greater than maxSize",
      `make MaxSize ${desired} or more`,
    );
  if (least !== undefined && most !== undefined && least > most)
    return refused(
      'MinSize',
      least,
      "minSize can't be greater than maxSize",
      `make MaxSize ${least} or more`,
    );
  return undefined;
};

export const EKS_VALUES: Readonly<Record<string, readonly ValueRule[]>> = {
  'AWS::EKS::Cluster': [version, subnets],
  'AWS::EKS::Nodegroup': [sizes],
};
