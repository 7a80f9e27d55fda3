/**
 * The AWS types that are stood in for: the local AWS only needs their names, and what `Ref` and `Fn::GetAtt` give is what
 * CloudFormation would give.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
import { BALANCING } from './stand-ins/balancing';
import { COMPUTE } from './stand-ins/compute';
import { DATA } from './stand-ins/data';
import { DELIVERY } from './stand-ins/delivery';
import { EKS } from './stand-ins/eks';
import { type PlainTypes } from './stand-ins/form';
import { GOVERNANCE } from './stand-ins/governance';
import { IDENTITY } from './stand-ins/identity';
import { NETWORK } from './stand-ins/network';
import { OPERATIONS } from './stand-ins/operations';
import { WEB } from './stand-ins/web';

export const PLAIN_TYPES: PlainTypes = {
  ...NETWORK,
  ...BALANCING,
  ...COMPUTE,
  ...IDENTITY,
  ...OPERATIONS,
  ...DATA,
  ...DELIVERY,
  ...GOVERNANCE,
  ...WEB,
  ...EKS,
};
