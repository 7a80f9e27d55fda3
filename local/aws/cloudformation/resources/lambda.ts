/** AWS::Lambda::*: functions whose code can be found really run. */
import { type LambdaFunction, type LambdaHost } from '../../lambda/host';
import { asText, isObject, isPrimitive, type JsonObject } from '../json';
import { type CodeHook, codeOf } from './lambda-code';
import { withUploadedCode } from './uploaded-code';
import { functionObstacle } from './function-obstacle';
import { type ObjectStore } from '../../s3/object-store';
import { aliasType, functionArn, versionType } from './lambda-versions';
import { physicalName } from './physical-name';
import { type Provisioned, type ResourceContext, ResourceFailure, type ResourceType } from './resource-type';

export function lambdaTypes(
  lambda: LambdaHost,
  codeFor?: CodeHook,
  objects?: Pick<ObjectStore, 'get'>,
): (type: string) => ResourceType | undefined {
  const table = new Map<string, ResourceType>([
    ['AWS::Lambda::Function', functionType(lambda, codeFor, objects)],
    ['AWS::Lambda::EventInvokeConfig', eventInvokeConfig(lambda)],
    ['AWS::Lambda::Version', versionType()],
    ['AWS::Lambda::Alias', aliasType()],
  ]);
  return (type) => table.get(type);
}

function functionType(
  lambda: LambdaHost,
  codeFor: CodeHook | undefined,
  objects: Pick<ObjectStore, 'get'> | undefined,
): ResourceType {
  const provision = (name: string, given: JsonObject, context: ResourceContext): Provisioned => {
    const properties = withUploadedCode(given, objects);
    const arn = functionArn(name, context);
    const { maximumRetryAttempts, maximumEventAgeSeconds } = lambda.function(arn) ?? {};
    lambda.register({
      ...describe(name, arn, properties, context, codeFor),
      // Set by AWS::Lambda::EventInvokeConfig, which an update of the function leaves alone.
      ...(maximumRetryAttempts === undefined ? {} : { maximumRetryAttempts }),
      ...(maximumEventAgeSeconds === undefined ? {} : { maximumEventAgeSeconds }),
    });
    return {
      physicalId: name,
      attributes: { Arn: arn, SnapStartResponse: { ApplyOn: 'None', OptimizationStatus: 'Off' } },
    };
  };
  return {
    attributes: [
      'Arn',
      'SnapStartResponse',
      'SnapStartResponse.ApplyOn',
      'SnapStartResponse.OptimizationStatus',
    ],
    obstacle: (properties) => functionObstacle(withUploadedCode(properties, objects), codeFor !== undefined),
    replacedBy: ['FunctionName', 'PackageType'],
    nameProperty: 'FunctionName',
    create: (properties, context) => {
      const given = properties['FunctionName'];
      const name =
        typeof given === 'string' ? lastName(given) : physicalName(context.stackName, context.logicalId, 64);
      if (lambda.function(functionArn(name, context))) {
        throw new ResourceFailure(
          `Resource handler returned message: "Function already exist: ${name} (Service: Lambda, Status Code: 409)" (HandlerErrorCode: AlreadyExists)`,
        );
      }
      return provision(name, properties, context);
    },
    update: (properties, context, current) => provision(current.physicalId, properties, context),
    delete: (_properties, context, physicalId) => lambda.remove(functionArn(physicalId, context)),
  };
}

function lastName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? nameOrArn) : nameOrArn;
}

function describe(
  name: string,
  arn: string,
  properties: JsonObject,
  context: ResourceContext,
  codeFor: CodeHook | undefined,
): LambdaFunction {
  const {
    Handler: handler,
    Runtime: runtime,
    Role: role,
    Timeout: timeout,
    MemorySize: memory,
    ReservedConcurrentExecutions: reserved,
    KmsKeyArn: key,
  } = properties;
  const variables = isObject(properties['Environment']) ? properties['Environment']['Variables'] : undefined;
  const code = codeOf(properties, context, codeFor);
  const obstacle = code === undefined || 'inline' in code ? functionObstacle(properties) : undefined;
  return {
    name,
    arn,
    ...(obstacle === undefined ? code && { code } : { obstacle }),
    ...(typeof handler === 'string' ? { handler } : {}),
    ...(typeof runtime === 'string' ? { runtime } : {}),
    ...(typeof role === 'string' ? { roleArn: role } : {}),
    ...(typeof key === 'string' ? { kmsKeyArn: key } : {}),
    ...(isPrimitive(timeout) ? { timeoutSeconds: Number(timeout) } : {}),
    ...(isPrimitive(memory) ? { memoryMb: Number(memory) } : {}),
    ...(isPrimitive(reserved) ? { reservedConcurrency: Number(reserved) } : {}),
    environment: isObject(variables)
      ? Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, asText(value)]))
      : {},
  };
}

function eventInvokeConfig(lambda: LambdaHost): ResourceType {
  const configure = (properties: JsonObject, context: ResourceContext): Provisioned => {
    const name = asText(properties['FunctionName']);
    const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = properties;
    lambda.configureAsync(functionArn(name, context), {
      ...(isPrimitive(attempts) ? { maximumRetryAttempts: Number(attempts) } : {}),
      ...(isPrimitive(age) ? { maximumEventAgeSeconds: Number(age) } : {}),
    });
    return { physicalId: `${lastName(name)}|${asText(properties['Qualifier'])}`, attributes: {} };
  };
  return {
    attributes: [],
    replacedBy: ['FunctionName', 'Qualifier'],
    create: configure,
    update: configure,
  };
}
