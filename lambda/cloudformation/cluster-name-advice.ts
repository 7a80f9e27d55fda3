/** What to write instead of text that cannot be the name of a cluster. Pure. */

/** A whole ARN of the cluster, or of what belongs to it: the name follows the kind. */
const ARN = /^\s*arn:[^:]*:eks:[^:]*:[^:]*:(cluster|nodegroup|fargateprofile|addon|access-entry)\/([^/\s]+)/;

/** One clause, without the property and its value. GT-72. */
export function clusterNameAdvice(text: string): string {
  const [, kind, name] = ARN.exec(text) ?? [];
  if (name !== undefined) {
    return `this is ${kind === 'cluster' ? 'the ARN of the cluster' : `an ARN of EKS (${kind})`}, and the name of the cluster is meant: write ${name}`;
  }
  if (/^\s*arn:/.test(text)) return 'this is an ARN: write the name of the cluster';
  if (/^\s*https?:/.test(text)) return 'this is a URL: write the name of the cluster, which !Ref gives';
  const trimmed = text.trim();
  if (trimmed !== text && isClusterName(trimmed)) return `it has a blank at an end: write ${trimmed}`;
  return 'a cluster name has letters, digits, - and _, and begins with a letter or digit, 100 characters at most';
}

function isClusterName(text: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z_-]*$/.test(text);
}
