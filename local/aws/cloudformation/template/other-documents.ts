/** Files that are no templates, though people take them for one. Pure. */
import { type JsonObject } from '../json';

export const KUBERNETES =
  'it is an object of Kubernetes, which kubectl takes: a template has a Resources section';

/** What it is, and what to give instead; undefined for what may be meant as a template. */
export function otherDocument(document: JsonObject): string | undefined {
  const has = (...names: string[]): boolean => names.every((name) => Object.hasOwn(document, name));
  if (has('Resources')) return undefined;
  if (has('apiVersion', 'kind')) return KUBERNETES;
  if (has('service', 'provider'))
    return 'it is a configuration of the Serverless Framework: give the template that "serverless package" makes';
  if (has('artifacts', 'version'))
    return 'it is the manifest of the CDK: give a *.template.json that lies beside it';
  if (has('Statement')) return 'it is an IAM policy: a template has a Resources section';
  if (has('resource') || has('provider'))
    return 'it is a configuration of Terraform: a template has a Resources section';
  return undefined;
}
