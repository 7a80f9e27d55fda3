/** Where the code of a function is: inline in its template, in a file of this machine, or wherever a hook finds it. */
import { type FunctionCode } from '../../lambda/lambda-function';
import { isObject, type JsonObject } from '../json';
import { type ResourceContext, ResourceFailure } from './resource-type';

/** Code for a function that is neither inline nor in `LOCAL_FILES`; undefined: it is accepted and cannot run. */
export type CodeHook = (properties: JsonObject, context: ResourceContext) => FunctionCode | undefined;

/** The `S3Bucket` that means the file system of this machine: its `S3Key` is the path of a JavaScript file. */
export const LOCAL_FILES = 'local-files';

/** Inline code is limited to 4 MB. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html */
const INLINE_LIMIT = 4 * 1024 * 1024;

/** Undefined: the function is accepted and cannot run. Throws ResourceFailure for inline code that is too long. */
export function codeOf(
  properties: JsonObject,
  context: ResourceContext,
  codeFor: CodeHook = () => undefined,
): FunctionCode | undefined {
  return inlineCode(properties) ?? fileCode(properties) ?? codeFor(properties, context);
}

function inlineCode({ Code: code, Runtime: runtime }: JsonObject): FunctionCode | undefined {
  const inline = isObject(code) ? code['ZipFile'] : undefined;
  if (typeof inline !== 'string') return undefined;
  if (Buffer.byteLength(inline) > INLINE_LIMIT) {
    throw new ResourceFailure(
      `Resource handler returned message: "1 validation error detected: Value at 'code.zipFile' failed to satisfy constraint: Member must have length less than or equal to ${INLINE_LIMIT}"`,
    );
  }
  return typeof runtime === 'string' && runtime.startsWith('nodejs') ? { inline } : undefined;
}

function fileCode({ Code: code }: JsonObject): FunctionCode | undefined {
  if (!isObject(code) || code['S3Bucket'] !== LOCAL_FILES) return undefined;
  return typeof code['S3Key'] === 'string' ? { file: code['S3Key'] } : undefined;
}
