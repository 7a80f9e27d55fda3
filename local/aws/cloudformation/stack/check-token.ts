/** ServiceTokens that are no ARN of a function, whatever is made. Pure. */
import { isPrimitive, type Json } from '../json';
import { functionCall } from '../template/function-call';
import { references } from '../template/references';
import { isCustom } from '../resources/resource-type';
import { type FunctionCheck } from './check-functions';

export interface TokenCheck extends FunctionCheck {
  /** Whether a stack here has this export. */
  readonly hasExport: (name: string) => boolean;
}

/** `token` as written, `known` resolved, if it can be yet. */
export function checkToken(
  token: Json,
  known: Json | undefined,
  { template, hasExport }: TokenCheck,
  refuse: (sentence: string) => never,
): void {
  const call = functionCall(token);
  const [target] = call?.name === 'Ref' || call?.name === 'Fn::GetAtt' ? references(token) : [];
  const name = target?.kind === 'ref' || target?.kind === 'attribute' ? target.name : '';
  const type = template.resources.get(name)?.type;
  if (call?.name === 'Ref' && type === 'AWS::Lambda::Function')
    refuse(
      `has !Ref ${name} as its ServiceToken, which is the name of a function: write !GetAtt ${name}.Arn`,
    );
  if (type !== undefined && /^AWS::/.test(type) && !mayGiveFunctions(type))
    refuse(
      `has a ServiceToken of ${name}, and ${type} is no function: name the function that provides the resource`,
    );
  if (!isPrimitive(known) || /^arn:/.test(String(known)) || String(known).includes('{{resolve:')) return;
  refuse(
    `has the ServiceToken ${JSON.stringify(known)}, which is not the ARN of a function: write ${
      hasExport(String(known)) ? `!ImportValue ${String(known)}` : 'one, as !GetAtt FUNCTION.Arn gives it'
    }`,
  );
}

function mayGiveFunctions(type: string): boolean {
  return /^AWS::(Lambda|SNS|CloudFormation|SSM|ServiceCatalog)::/.test(type) || isCustom(type);
}
