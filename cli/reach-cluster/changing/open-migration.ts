/** A live cluster that is moved to access entries: what is seen of it, and one change at a time. It decides nothing. */
import { type V1ConfigMap } from '@kubernetes/client-node';
import { type ClusterUpdate } from '../../../access/authentication-mode/port';
import { type SeenRole } from '../../../access/explain/seen-cluster';
import { type Action } from '../../../access/migration/steps/step';
import { type LiveOptions } from '../../live-options';
import { Problem } from '../../problem';
import { callerIdentity } from '../caller';
import { type Kubernetes, kubernetesOf, kubernetesOfFile } from '../kubernetes';
import { type Reached, reachCluster } from '../reach';
import { whyOf } from '../refusal';
import { openSession } from '../session';
import { AskedRoles } from './asked-roles';
import { makeConfigMap, reachedOf, type ReadConfigMap, readConfigMap, replaceAwsAuth } from './config-maps';
import { addPolicies, deleteEntry, makeEntry } from './entries';
import { changeMode, updateOf } from './mode-updates';
import { DONE, type Performed } from './performed';
import { withEntry } from './with-entry';

export interface LookedAt {
  readonly reached: Reached;
  readonly update: ClusterUpdate | undefined;
  /** Of the copy, as kubectl prints it; undefined where there is none. */
  readonly copy: string | undefined;
  readonly roles: readonly SeenRole[];
  /** Undefined where a kubeconfig says who the caller is in the cluster. */
  readonly caller: string | undefined;
}

/** One change or proof; a wait is none. */
export type Change = Exclude<Action, { readonly do: 'wait' | 'bake' }>;

export interface MigrationEdge {
  /** All of it. `copy`: name of the ConfigMap; `updateId`: of the update that is waited for. Throws Problem. */
  look(copy: string | undefined, updateId: string | undefined): Promise<LookedAt>;
  /** aws-auth, and the access entry of one principal, in what was seen before. Throws Problem. */
  lookAgain(before: LookedAt, principalArn: string | undefined): Promise<LookedAt>;
  perform(change: Change): Promise<Performed>;
}

export async function openMigration(
  options: LiveOptions,
  say: (text: string) => void,
): Promise<MigrationEdge> {
  const session = await openSession(options);
  const name = options.cluster;
  const { Arn } = await callerIdentity(session);
  const caller = options.kubeconfig === undefined ? Arn : undefined;
  const roles = new AskedRoles(session, say);
  let described: Reached['described'];
  let awsAuth: V1ConfigMap | undefined;
  const known = new Map<string, ReadConfigMap>();

  /** By a token that is made now, unless a kubeconfig says otherwise. */
  const kubernetes = async (): Promise<Kubernetes> => {
    if (options.kubeconfig !== undefined) return kubernetesOfFile(options);
    if (described === undefined || described.endpoint === '')
      throw new Problem(`EKS does not say where the Kubernetes API of ${name} is.`);
    return kubernetesOf(name, described, session);
  };

  const configMap = async (of: string): Promise<ReadConfigMap | undefined> => {
    const read = await readConfigMap(await kubernetes(), of, session, caller, known.get(of));
    if (read !== undefined && 'why' in read)
      throw new Problem(`Cannot read ConfigMap kube-system/${of} of ${name}: ${read.why}.`);
    if (read !== undefined) known.set(of, read);
    return read;
  };

  /** One read: what is decided from, and the version of what is replaced. */
  const readAwsAuth = async (): Promise<Reached['awsAuth']> => {
    const read = await configMap('aws-auth');
    awsAuth = read?.object;
    return reachedOf(read);
  };

  const update = async (id: string | undefined): Promise<ClusterUpdate | undefined> => {
    try {
      return await updateOf(name, id, session);
    } catch (error) {
      const permission = `eks:ListUpdates and eks:DescribeUpdate on cluster ${name}`;
      throw new Problem(`Cannot ask EKS what it changes in ${name}: ${whyOf(error, permission)}.`);
    }
  };

  return {
    look: async (copy, updateId) => {
      const seen = await reachCluster(
        options,
        { awsAuth: false, accessEntries: true, bindings: false, identityProviders: false },
        say,
        session,
      );
      ({ described } = seen);
      if (described === undefined)
        return { reached: seen, update: undefined, copy: undefined, roles: [], caller };
      const reached = { ...seen, awsAuth: await readAwsAuth() };
      const kept = copy === undefined ? undefined : await configMap(copy);
      const texts = [reached.awsAuth?.state === 'read' ? reached.awsAuth.text : '', kept?.text ?? ''];
      const found = await roles.of(texts.join('\n'), described.accountId);
      return { reached, update: await update(updateId), copy: kept?.text, roles: found, caller };
    },
    lookAgain: async (before, principalArn) => {
      const now = await readAwsAuth();
      const accessEntries = await withEntry(name, session, before.reached.accessEntries, principalArn);
      return { ...before, reached: { ...before.reached, awsAuth: now, accessEntries } };
    },
    perform: async (change) => {
      switch (change.do) {
        case 'copy':
          return makeConfigMap(
            await kubernetes(),
            change.name,
            change.data,
            change.annotations,
            session,
            caller,
          );
        case 'change mode':
          return changeMode(name, change.to, session);
        case 'make entry':
          return makeEntry(name, change.entry, session);
        case 'add policies': {
          const { principalArn, policies } = change;
          const added = await addPolicies(name, principalArn, policies, session);
          // Without them the entry gives less than the line in aws-auth that it overrides.
          if (added.is === 'refused' || added.is === 'denied') await deleteEntry(name, principalArn, session);
          return added;
        }
        case 'delete entry':
          return deleteEntry(name, change.principalArn, session);
        case 'take out':
        case 'put back':
          return awsAuth === undefined
            ? { is: 'again', why: 'aws-auth was not read' }
            : replaceAwsAuth(await kubernetes(), awsAuth, change.data, session, caller);
        case 'prove': {
          const read = await readConfigMap(await kubernetes(), 'aws-auth', session, Arn);
          if (read === undefined || !('why' in read)) return DONE;
          return { is: 'again', why: read.why };
        }
      }
    },
  };
}
