/**
 * `Fn::GetStackOutput`: an output of another stack, which need not be exported. The reference is weak: nothing keeps
 * the other stack from being deleted.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
import { isObject, type Json, type JsonObject } from '../json';
import { TemplateError } from '../template-error';

export const GET_STACK_OUTPUT = 'Fn::GetStackOutput';

const required = ['StackName', 'OutputName'];
const known = [...required, 'Region', 'RoleArn'];

/** What is wrong with the argument as it is written, after the words "it"; undefined for nothing. */
export function stackOutputProblem(argument: Json): string | undefined {
  if (!isObject(argument)) return 'takes a mapping with StackName and OutputName';
  const unknown = Object.keys(argument).find((key) => !known.includes(key));
  if (unknown !== undefined) return `takes ${known.join(', ')}, and ${unknown} is none of them`;
  const missing = required.find((key) => argument[key] === undefined);
  return missing === undefined ? undefined : `takes StackName and OutputName, and ${missing} is missing`;
}

/** The arguments once they are resolved; the local AWS has one account and one Region. */
export function stackOutputName(
  { StackName, OutputName, Region, RoleArn }: JsonObject,
  { region, source }: { readonly region: string; readonly source: string },
  place: string,
): { readonly stack: string; readonly output: string } {
  const refuse = (sentence: string): never => {
    throw new TemplateError(source, `${place}: ${GET_STACK_OUTPUT} ${sentence}`);
  };
  if (RoleArn !== undefined)
    refuse('has RoleArn, and the local AWS reads the outputs of its own account only: leave RoleArn out');
  if (Region !== undefined && Region !== region)
    refuse(`has Region ${JSON.stringify(Region)}, and the local AWS has ${region} only: leave Region out`);
  const text = (name: string, value: Json | undefined): string =>
    typeof value === 'string' && value !== ''
      ? value
      : refuse(`has ${name} ${JSON.stringify(value) ?? 'without a value'}, and it must be text`);
  return { stack: text('StackName', StackName), output: text('OutputName', OutputName) };
}
