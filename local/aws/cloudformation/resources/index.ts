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
import { PLAIN_TYPES } from './plain-types';
import { schemaOf } from './registry/registry';
import { type LocalScheduler } from '../../scheduler/scheduler';
import { schedulerTypes } from './scheduler';
import { type ObjectStore } from '../../s3/object-store';
import { type ParameterStore } from '../../ssm/parameter-store';
import { ssmParameter } from './ssm';

export interface ResourceServices extends CustomResourceServices {
  readonly lambda: LambdaHost;
  readonly iam: IamRegistry;
  readonly ssm: ParameterStore;
  /** Absent: AWS::EKS types fail, saying so. */
  readonly eks?: EksServices;
  /** Absent: AWS::Scheduler types fail, saying so. */
  readonly scheduler?: LocalScheduler;
  readonly codeFor?: CodeHook;
  /** Where uploaded code of functions is. */
  readonly objects?: ObjectStore;
}

/** Undefined for every type that neither runs nor is stood in for. */
export function resourceTypes(services: ResourceServices): ResourceTypes {
  const custom = customResource(services);
  const ssm = ssmParameter(services.ssm);
  const lookUps = [
    iamTypes(services.iam),
    lambdaTypes(services.lambda, services.codeFor, services.objects),
    eksTypes(services.eks),
    schedulerTypes(services.scheduler),
    (type: string) => (type === 'AWS::SSM::Parameter' ? ssm : undefined),
    (type: string) => {
      const plain = PLAIN_TYPES[type];
      return plain && plainType(plain);
    },
  ];
  const known = new Map<string, ResourceType | undefined>();
  return (type) => {
    if (isCustom(type)) return custom;
    if (known.has(type)) return known.get(type);
    let found: ResourceType | undefined;
    for (const lookUp of lookUps) found ??= lookUp(type);
    const whole = found && withSchema(type, found);
    known.set(type, whole);
    return whole;
  };
}

function withSchema(type: string, handler: ResourceType): ResourceType {
  const schema = schemaOf(type);
  return schema ? { replacedBy: schema.createOnly, ...handler, schema } : handler;
}
