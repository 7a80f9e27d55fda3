/** Why the Kubernetes API gave nothing: one clause with the right to ask for. Pure. */
import { TooSlow } from './session';

/** Of an ApiException and of a failed connection; its message holds all headers and is never shown. */
interface Failure {
  readonly code?: number | string;
  readonly body?: unknown;
}

export function isNotFound(error: unknown): boolean {
  return (error as Failure | null)?.code === 404;
}

/** `right`: as `get on configmaps "aws-auth" in kube-system`; `caller`: ARN of who asked, where it is known. */
export function kubernetesWhy(error: unknown, right: string, caller: string | undefined): string {
  if (error instanceof TooSlow) return `${error.message}; a private endpoint answers only inside its network`;
  const { code, body } = (error ?? {}) as Failure;
  if (code === 401) return `the cluster does not let ${caller ?? 'you'} in`;
  if (code === 403) return `your user ${userIn(body)} may not: ask for ${right}, or pass a file`;
  if (typeof code === 'number') return `the API server answered HTTP ${code}`;
  if (/CERT|SELF_SIGNED|ISSUER|ERR_TLS|UNABLE_TO_VERIFY/.test(code ?? ''))
    return `its certificate is not of the cluster's own authority (${code})`;
  return `no answer from the Kubernetes API (${code ?? 'unknown error'}); a private endpoint answers only inside its network`;
}

/** The API server names who may not: `configmaps "aws-auth" is forbidden: User "dev-b:jane" cannot get …` */
function userIn(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  const name = /User \\?"([^"\\]*)\\?" cannot/.exec(text)?.[1];
  return name === undefined ? 'there' : JSON.stringify(name);
}
