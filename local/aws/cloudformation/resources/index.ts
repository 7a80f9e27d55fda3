/** All resource types of the local CloudFormation. */
import { type LambdaHost } from '../../lambda/host';
import { customResource, type CustomResourceServices } from './custom-resource';
import { isCustom, type ResourceType, type ResourceTypes } from './resource-type';
import { eksTypes } from './eks';
import { type EksServices } from './eks-client';
import { type IamRegistry, iamTypes } from './iam';
import { lambdaTypes } from './lambda';
import { type CodeHook } from './lambda-code';
import { plainType } from './plain';
import { type LocalScheduler } from '../../scheduler/scheduler';
import { schedulerTypes } from './scheduler';
import { ssmParameter } from './ssm';

export interface ResourceServices extends CustomResourceServices {
  readonly lambda: LambdaHost;
  readonly iam: IamRegistry;
  readonly ssm: Map<string, string>;
  /** Absent: AWS::EKS types fail, saying so. */
  readonly eks?: EksServices;
  /** Absent: AWS::Scheduler types fail, saying so. */
  readonly scheduler?: LocalScheduler;
  readonly codeFor?: CodeHook;
}

/** AWS types that are not listed are accepted with a plausible physical id and ARN; other namespaces are unknown. */
export function resourceTypes(services: ResourceServices): ResourceTypes {
  const custom = customResource(services);
  const lookUps = [
    iamTypes(services.iam),
    lambdaTypes(services.lambda, services.codeFor),
    eksTypes(services.eks),
    schedulerTypes(services.scheduler),
  ];
  const ssm = ssmParameter(services.ssm);
  const plain = new Map<string, ResourceType>();
  return (type) => {
    if (isCustom(type)) return custom;
    if (type === 'AWS::SSM::Parameter') return ssm;
    for (const lookUp of lookUps) {
      const found = lookUp(type);
      if (found) return found;
    }
    if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type)) return undefined;
    const known = plain.get(type) ?? plainType(type);
    plain.set(type, known);
    return known;
  };
}
