/** Code that was uploaded to the local S3, as `cdk deploy` and `aws cloudformation package` do: read as if it were inline. */
import { unzipSync } from 'fflate';
import { type ObjectStore } from '../../s3/object-store';
import { isObject, type JsonObject } from '../json';

/** As given where there is no such object, or where it is not a zip with one JavaScript file, the handler's. */
export function withUploadedCode(
  properties: JsonObject,
  objects: Pick<ObjectStore, 'get'> | undefined,
): JsonObject {
  const { Code: code, Handler: handler } = properties;
  if (!isObject(code) || typeof handler !== 'string') return properties;
  const { S3Bucket: bucket, S3Key: key } = code;
  if (typeof bucket !== 'string' || typeof key !== 'string') return properties;
  const zip = objects?.get(bucket, key);
  const text = zip && onlyFile(zip, `${handler.slice(0, handler.lastIndexOf('.'))}.js`);
  return text === undefined ? properties : { ...properties, Code: { ZipFile: text } };
}

function onlyFile(zip: Buffer, name: string): string | undefined {
  const files = filesOf(zip);
  const scripts = Object.keys(files).filter((file) => /\.[cm]?js$/.test(file));
  const found = files[name];
  return found && scripts.length === 1 ? Buffer.from(found).toString('utf8') : undefined;
}

function filesOf(zip: Buffer): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(zip);
  } catch {
    return {};
  }
}
