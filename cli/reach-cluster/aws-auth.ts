/** aws-auth as the cluster has it, with who wrote which of its fields. */
import { CoreV1Api } from '@kubernetes/client-node';
import { configMapText } from './config-map-text';
import { isNotFound, kubernetesWhy } from './kubernetes-refusal';
import { abortedBy, type Kubernetes } from './kubernetes';
import { type Session, within } from './session';

export type ReachedAwsAuth =
  | {
      readonly state: 'read';
      /** YAML or JSON of the ConfigMap. */
      readonly text: string;
      readonly managedFields: unknown;
      readonly resourceVersion: string | undefined;
      readonly hasData: boolean;
    }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly why: string };

/** `callerOf`: asked only where the cluster lets nobody in. */
export async function readAwsAuth(
  kubernetes: () => Promise<Kubernetes>,
  session: Pick<Session, 'timeoutMs'>,
  callerOf: () => Promise<string | undefined>,
): Promise<ReachedAwsAuth> {
  try {
    const found = await within(session, async (signal) => {
      const { config } = await kubernetes();
      const request = { name: 'aws-auth', namespace: 'kube-system' };
      return config.makeApiClient(CoreV1Api).readNamespacedConfigMap(request, abortedBy(signal));
    });
    return {
      state: 'read',
      text: configMapText(found),
      managedFields: found.metadata?.managedFields,
      resourceVersion: found.metadata?.resourceVersion,
      hasData: Object.keys(found.data ?? {}).length > 0,
    };
  } catch (error) {
    if (isNotFound(error)) return { state: 'absent' };
    const isStranger = (error as { readonly code?: unknown } | null)?.code === 401;
    const caller = isStranger ? await callerOf() : undefined;
    const why = kubernetesWhy(error, 'get on configmaps "aws-auth" in kube-system', caller);
    return { state: 'unreadable', why };
  }
}
