/** What came of one change, as plain data: it goes from one file of the package to another. Pure. */
import { kubernetesWhy } from '../kubernetes-refusal';
import { textOf, whyOf } from '../refusal';

/**
 * `again`: changed meanwhile, or unknown whether it was done: look, and decide anew. `refused`: the service does not take
 * it. `denied`: the caller may not. `why`: one clause.
 */
export type Performed =
  | { readonly is: 'done'; readonly updateId?: string | undefined }
  | { readonly is: 'again' | 'refused' | 'denied'; readonly why: string };

export const DONE: Performed = { is: 'done' };

/** `permission`: as `eks:CreateAccessEntry on cluster prod`. */
export function eksOutcome(error: unknown, permission: string): Performed {
  const { name = '', $metadata } = (error ?? {}) as {
    readonly name?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const said = textOf(error);
  const why = whyOf(error, permission);
  if (
    status === undefined ||
    status >= 500 ||
    status === 429 ||
    /throttl|TooManyRequests|ResourceInUse/i.test(name)
  )
    return { is: /^there are no valid AWS/.test(why) ? 'denied' : 'again', why };
  if (status === 403 || why.startsWith('you may not') || why.startsWith('there are no valid'))
    return { is: 'denied', why };
  // What passes by itself: another update, a mode that is not shown yet, an entry that was made just now (GT-105, GT-110).
  const passes =
    /currently has update|in progress|is currently |authentication mode must be set|Unsupported authentication mode update|principalArn could not be found/i;
  return { is: passes.test(said) ? 'again' : 'refused', why: said === '' ? why : said };
}

/** `right`: as `update on configmaps "aws-auth" in kube-system`. */
export function kubernetesOutcome(error: unknown, right: string, caller: string | undefined): Performed {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const why = kubernetesWhy(error, right, caller);
  if (code === 401 || code === 403) return { is: 'denied', why };
  const isRefused = typeof code === 'number' && code >= 400 && code < 500 && ![404, 409, 429].includes(code);
  return { is: isRefused ? 'refused' : 'again', why };
}
