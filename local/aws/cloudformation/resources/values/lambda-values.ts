/**
 * What Lambda refuses of functions. Pure.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
import { asText, isObject, type Json } from '../../json';
import { isKnown, refusal, type ValueRule } from './value-fault';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = [
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
];
const UNABLE =
  'Lambda was unable to configure your environment variables because the environment variables you have provided';

const environment: ValueRule = ({ Environment: given }) => {
  const variables = isObject(given) ? given['Variables'] : undefined;
  if (!isObject(variables) || !isKnown(variables)) return undefined;
  const path = 'Environment.Variables';
  const names = Object.keys(variables);
  const reserved = names.find((name) => RESERVED.includes(name));
  if (reserved !== undefined) {
    const words = `${UNABLE} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved}`;
    return refusal({
      service: 'Lambda',
      path: `${path}.${reserved}`,
      words,
      remedy: 'Lambda sets it itself: leave it out, or take another name',
    });
  }
  const odd = names.find((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (odd !== undefined) {
    const words = `Value '{${odd}=…}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+`;
    return refusal({
      service: 'Lambda',
      path: `${path}.${odd}`,
      words,
      remedy: 'a name has letters, digits and _, two at least, the first a letter',
    });
  }
  if (!Object.values(variables).every(isKnown) || sizeOf(variables) <= 4096) return undefined;
  return refusal({
    service: 'Lambda',
    path,
    words: `${UNABLE} exceeded the 4KB limit.`,
    remedy: `names and values have ${sizeOf(variables)} bytes: put what is long into a parameter of SSM`,
  });
};

function sizeOf(variables: { readonly [name: string]: Json }): number {
  return Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(asText(value)),
    0,
  );
}

/** Code in a zip file, which inline code becomes. */
const handler: ValueRule = (properties) => {
  const { PackageType: kind = 'Zip', Code: code, Runtime: runtime, Handler: handler } = properties;
  if (kind !== 'Zip' || (isObject(code) && 'ImageUri' in code)) return undefined;
  if (runtime === undefined || handler === undefined)
    return refusal({
      service: 'Lambda',
      path: 'Code',
      words: 'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      remedy: `write ${runtime === undefined ? 'Runtime' : 'Handler'}`,
    });
  if (!isObject(code) || code['ZipFile'] === undefined || !isKnown(runtime)) return undefined;
  if (/^(nodejs|python)/.test(asText(runtime))) return undefined;
  return refusal({
    service: 'Lambda',
    path: 'Runtime',
    found: runtime,
    words: 'ZipFile can only be used when Runtime is set to either of nodejs, python',
    remedy: 'put the code of other runtimes into a bucket',
  });
};

/** aws-cloudformation/cfn-lint#4685: more is for functions on instances of one's own. */
const limits: ValueRule = ({ CapacityProviderConfig: own, Timeout: seconds, MemorySize: memory }) => {
  for (const [path, value, least, most] of [
    ['Timeout', seconds, 1, own === undefined ? 900 : 5400],
    ['MemorySize', memory, 128, own === undefined ? 10_240 : 32_768],
  ] as const) {
    if (!isKnown(value)) continue;
    const number = Number(asText(value));
    if (Number.isInteger(number) && number >= least && number <= most) continue;
    const bound = number > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`;
    return refusal({
      service: 'Lambda',
      path,
      found: value,
      words: `'${path}' value failed to satisfy constraint: Member must have value ${bound}`,
      remedy: `write a whole number from ${least} to ${most}`,
    });
  }
  return undefined;
};

export const LAMBDA_VALUES: Readonly<Record<string, readonly ValueRule[]>> = {
  'AWS::Lambda::Function': [environment, handler, limits],
};
