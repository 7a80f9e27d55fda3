/** Why a function cannot run on this machine: told before it is needed, so that no custom resource waits for it. */
import { existsSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { isObject, type Json, type JsonObject } from '../json';
import { LOCAL_FILES } from './lambda-code';

const here = createRequire(__filename);

/**
 * What follows the name of the function; undefined for one that runs. `elsewhere`: a hook may know code that is neither
 * inline nor a file here.
 */
export function functionObstacle(properties: JsonObject, elsewhere = false): string | undefined {
  const { Code: code, PackageType: packageType, Runtime: runtime } = properties;
  if (packageType === 'Image' || (isObject(code) && code['ImageUri'] !== undefined))
    return 'is a container image, and only Node.js code can run here';
  if (typeof runtime === 'string' && !runtime.startsWith('nodejs'))
    return `runs on ${runtime}, and only Node.js code can run here`;
  if (!isObject(code)) return undefined;
  const { ZipFile: inline, S3Bucket: bucket, S3Key: key } = code;
  if (typeof inline === 'string') return moduleObstacle(inline);
  if (bucket === LOCAL_FILES)
    return typeof key === 'string' && !existsSync(key)
      ? `has its code in ${key}, which does not exist`
      : undefined;
  if (elsewhere) return undefined;
  return `has its code in ${shown(bucket)}, and what can run here is code inline (ZipFile), or a zip of one JavaScript file in a bucket of the local S3`;
}

function shown(bucket: Json | undefined): string {
  return typeof bucket === 'string' ? `the bucket ${bucket}` : 'a bucket';
}

const imports = /\b(?:require|import)\s*\(\s*(['"`])([^'"`]+)\1\s*\)|^\s*import\b[^'"]*(['"])([^'"]+)\3/gm;

/** Of inline code: Lambda's runtime has the SDK and `cfn-response` beside what Node.js brings, and nothing else. */
function moduleObstacle(code: string): string | undefined {
  for (const match of code.matchAll(imports)) {
    const name = match[2] ?? match[4] ?? '';
    if (isBuiltin(name) || name === 'cfn-response' || name.startsWith('.')) continue;
    if (name === 'aws-sdk')
      return 'needs the module aws-sdk, which Lambda no longer has since Node.js 18: use @aws-sdk/client-…';
    if (!/^@(aws-sdk|smithy)\//.test(name))
      return `needs the module ${name}, which Lambda's runtime does not have: inline code has the SDK and cfn-response`;
    if (!isInstalled(name))
      return `needs the module ${name}, which Lambda has and this machine has not: npm install --no-save ${name}`;
  }
  return undefined;
}

function isInstalled(name: string): boolean {
  try {
    here.resolve(name);
    return true;
  } catch {
    return false;
  }
}
