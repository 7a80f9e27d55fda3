/** aws-auth and its copy, as ConfigMaps of kube-system: read, copied once, and replaced in the version that was read. */
import { CoreV1Api, type V1ConfigMap } from '@kubernetes/client-node';
import { type ReachedAwsAuth } from '../aws-auth';
import { configMapText } from '../config-map-text';
import { isNotFound } from '../kubernetes-refusal';
import { abortedBy, type Kubernetes } from '../kubernetes';
import { type Session, within } from '../session';
import { DONE, kubernetesOutcome, type Performed } from './performed';

const namespace = 'kube-system';
/** Names the program in managedFields, so that people see who wrote what. */
const fieldManager = 'eks-access';

type Timed = Pick<Session, 'timeoutMs'>;

export interface ReadConfigMap {
  readonly object: V1ConfigMap;
  /** As kubectl prints aws-auth. */
  readonly text: string;
}

/** `known`: as it was read before. Undefined where there is none; `why`: it could not be read. */
export async function readConfigMap(
  kubernetes: Kubernetes,
  name: string,
  session: Timed,
  caller: string | undefined,
  known?: ReadConfigMap,
): Promise<ReadConfigMap | { readonly why: string } | undefined> {
  try {
    const object = await within(session, (signal) =>
      api(kubernetes).readNamespacedConfigMap({ name, namespace }, abortedBy(signal)),
    );
    const { resourceVersion } = object.metadata ?? {};
    if (known !== undefined && resourceVersion && known.object.metadata?.resourceVersion === resourceVersion)
      return known;
    // Of the copy the text is that of aws-auth as it was, line for line.
    const text = configMapText({ ...object, metadata: { ...object.metadata, name: 'aws-auth' } });
    return { object, text };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const outcome = kubernetesOutcome(error, `get on configmaps "${name}" in ${namespace}`, caller);
    return outcome.is === 'done' ? undefined : { why: outcome.why };
  }
}

export function reachedOf(read: ReadConfigMap | undefined): ReachedAwsAuth {
  if (read === undefined) return { state: 'absent' };
  const { object, text } = read;
  return {
    state: 'read',
    text,
    managedFields: undefined,
    resourceVersion: object.metadata?.resourceVersion,
    hasData: Object.keys(object.data ?? {}).length > 0,
  };
}

/** Never over another one: the API server refuses what is there. */
export async function makeConfigMap(
  kubernetes: Kubernetes,
  name: string,
  data: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  session: Timed,
  caller: string | undefined,
): Promise<Performed> {
  const body = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, annotations: { ...annotations } },
    data: { ...data },
  };
  try {
    await within(session, (signal) =>
      api(kubernetes).createNamespacedConfigMap({ namespace, body, fieldManager }, abortedBy(signal)),
    );
    return DONE;
  } catch (error) {
    return kubernetesOutcome(error, `create on configmaps in ${namespace}`, caller);
  }
}

/** With the resourceVersion of what was read: whatever was written since is not written over (GT-52, GT-53). */
export async function replaceAwsAuth(
  kubernetes: Kubernetes,
  read: V1ConfigMap,
  data: Readonly<Record<string, string>>,
  session: Timed,
  caller: string | undefined,
): Promise<Performed> {
  const name = 'aws-auth';
  if (!read.metadata?.resourceVersion)
    return { is: 'refused', why: 'the Kubernetes API gave aws-auth without its resourceVersion' };
  try {
    const body = { ...read, data: { ...data } };
    await within(session, (signal) =>
      api(kubernetes).replaceNamespacedConfigMap({ name, namespace, body, fieldManager }, abortedBy(signal)),
    );
    return DONE;
  } catch (error) {
    return kubernetesOutcome(error, `update on configmaps "${name}" in ${namespace}`, caller);
  }
}

function api({ config }: Kubernetes): CoreV1Api {
  return config.makeApiClient(CoreV1Api);
}
