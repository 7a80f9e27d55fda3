/** From a TemplateURL to the text of a template: an object of the local S3, or a file of this machine. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ObjectStore, objectOf } from '../../s3/object-store';

/** The text, or in words why it cannot be had, after the URL. */
export function readTemplateUrl(
  url: string,
  objects: Pick<ObjectStore, 'get'> | undefined,
): { readonly text: string } | { readonly obstacle: string } {
  if (url.startsWith('file:')) {
    try {
      return { text: readFileSync(fileURLToPath(url), 'utf8') };
    } catch {
      return { obstacle: 'and there is no such file' };
    }
  }
  const named = objectOf(url);
  if (!named || named.key === '')
    return { obstacle: 'which is neither an object of S3 nor a file of this machine' };
  const content = objects?.get(named.bucket, named.key);
  if (content) return { text: content.toString('utf8') };
  const place = `s3://${named.bucket}/${named.key}`;
  return {
    obstacle: `and the local S3 has no ${place}: name a file of this machine, or under "npm run local" put it there with aws s3 cp`,
  };
}

/** A path in a template that is a file itself, as `aws cloudformation package` takes it; anything else as it is. */
export function urlBeside(templateName: string | undefined, url: string): string {
  const isPath = /^(\.{0,2}\/|[\w.-]+(\/[\w.-]+)*\.(ya?ml|json|template)$)/.test(url);
  return templateName !== undefined && isPath ? pathToFileURL(resolve(dirname(templateName), url)).href : url;
}
