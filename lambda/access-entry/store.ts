/** The EKS API behind `AccessEntryStore`: the only file here that knows the SDK. It decides nothing. */
import {
  type AccessEntry,
  AssociateAccessPolicyCommand,
  type AssociatedAccessPolicy,
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  type EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import { type EksCall, translateEksError } from './eks-error';
import { type AccessEntryStore, type EntryAddress, type MadeEntry } from './perform';
import { type Action } from './plan';

/** Policies go only with these types (GT-98): for the others the list need not be asked for. */
const TYPES_WITH_POLICIES = ['STANDARD', 'EC2'];

/** Every request carries `signal` and is given up when it is aborted, with the signal's own reason (CR-29). */
export function openAccessEntryStore(client: EKSClient, signal: AbortSignal): AccessEntryStore {
  const options = { abortSignal: signal };

  async function call<T>(about: EksCall, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw toProviderError(error, { ...about, signal });
    }
  }

  /** Like `call`, with undefined for an entry that is not there, or a cluster that has none. */
  async function callOrNothing<T>(about: EksCall, send: () => Promise<T>): Promise<T | undefined> {
    try {
      return await send();
    } catch (error) {
      signal.throwIfAborted();
      if (!isVendorError(error)) throw error;
      const { fault, error: ours } = translateEksError(error, about);
      if (fault === 'no entry' || fault === 'no access entries') return undefined;
      throw ours;
    }
  }

  async function policiesOf({
    cluster,
    principalArn,
  }: EntryAddress): Promise<readonly AssociatedPolicy[] | undefined> {
    const about = { operation: 'ListAssociatedAccessPolicies', cluster, principalArn };
    const policies: AssociatedPolicy[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListAssociatedAccessPoliciesCommand({
        clusterName: cluster,
        principalArn,
        nextToken,
      });
      const page = await callOrNothing(about, () => client.send(command, options));
      if (!page) return undefined;
      policies.push(...(page.associatedAccessPolicies ?? []).map(toAssociatedPolicy));
      nextToken = page.nextToken;
    } while (nextToken);
    return policies;
  }

  return {
    async read({ cluster, principalArn }) {
      const about = { operation: 'DescribeAccessEntry', cluster, principalArn };
      const command = new DescribeAccessEntryCommand({ clusterName: cluster, principalArn });
      const entry = (await callOrNothing(about, () => client.send(command, options)))?.accessEntry;
      if (!entry) return undefined;
      const hasPolicies = TYPES_WITH_POLICIES.includes(entry.type || 'STANDARD');
      const policies = hasPolicies ? await policiesOf({ cluster, principalArn }) : [];
      // Deleted between the two looks.
      return policies && toCurrentEntry(entry, principalArn, policies);
    },

    async listPrincipals(cluster) {
      const principals: string[] = [];
      let nextToken: string | undefined;
      do {
        const command = new ListAccessEntriesCommand({ clusterName: cluster, nextToken });
        const page = await callOrNothing({ operation: 'ListAccessEntries', cluster }, () =>
          client.send(command, options),
        );
        principals.push(...(page?.accessEntries ?? []));
        nextToken = page?.nextToken;
      } while (nextToken);
      return principals;
    },

    async apply(address, action, clientRequestToken) {
      const { cluster, principalArn } = address;
      const policyArn =
        action.do === 'associate'
          ? action.policy.policyArn
          : action.do === 'disassociate'
            ? action.policyArn
            : undefined;
      const about = {
        operation: OPERATIONS[action.do],
        cluster,
        principalArn,
        ...(policyArn ? { policyArn } : {}),
      };
      return call(about, () => send(client, address, action, clientRequestToken, options));
    },
  };
}

const OPERATIONS: Readonly<Record<Action['do'], string>> = {
  create: 'CreateAccessEntry',
  update: 'UpdateAccessEntry',
  delete: 'DeleteAccessEntry',
  tag: 'TagResource',
  untag: 'UntagResource',
  associate: 'AssociateAccessPolicy',
  disassociate: 'DisassociateAccessPolicy',
};

async function send(
  client: EKSClient,
  { cluster, principalArn }: EntryAddress,
  action: Action,
  clientRequestToken: string | undefined,
  options: { readonly abortSignal: AbortSignal },
): Promise<MadeEntry | undefined> {
  const address = { clusterName: cluster, principalArn };
  switch (action.do) {
    case 'create': {
      const { type, username, groups, tags } = action;
      // A node type takes neither user name nor groups, not even none (GT-83). The type is always sent, because an
      // IAM condition on it does not see a type that is left out (CR-39).
      const identity =
        type === 'STANDARD' ? { username, kubernetesGroups: [...groups], tags: { ...tags } } : {};
      const command = new CreateAccessEntryCommand({ ...address, type, ...identity, clientRequestToken });
      const { accessEntry } = await client.send(command, options);
      return toMadeEntry(accessEntry ?? {});
    }
    case 'update': {
      const { username, groups } = action;
      await client.send(
        new UpdateAccessEntryCommand({
          ...address,
          username,
          kubernetesGroups: [...groups],
          clientRequestToken,
        }),
        options,
      );
      return undefined;
    }
    case 'delete':
      await client.send(new DeleteAccessEntryCommand(address), options);
      return undefined;
    case 'tag':
      await client.send(
        new TagResourceCommand({ resourceArn: action.accessEntryArn, tags: { ...action.tags } }),
        options,
      );
      return undefined;
    case 'untag':
      await client.send(
        new UntagResourceCommand({ resourceArn: action.accessEntryArn, tagKeys: [...action.keys] }),
        options,
      );
      return undefined;
    case 'associate': {
      const { policyArn, scope, namespaces } = action.policy;
      const accessScope =
        scope === 'cluster' ? { type: scope } : { type: scope, namespaces: [...namespaces] };
      await client.send(new AssociateAccessPolicyCommand({ ...address, policyArn, accessScope }), options);
      return undefined;
    }
    case 'disassociate':
      await client.send(
        new DisassociateAccessPolicyCommand({ ...address, policyArn: action.policyArn }),
        options,
      );
      return undefined;
  }
}

function toMadeEntry({ accessEntryArn, username, kubernetesGroups, createdAt }: AccessEntry): MadeEntry {
  return {
    accessEntryArn: accessEntryArn ?? '',
    username: username ?? '',
    groups: kubernetesGroups ?? [],
    createdAt: createdAt ?? new Date(0),
  };
}

function toCurrentEntry(
  entry: AccessEntry,
  principalArn: string,
  policies: readonly AssociatedPolicy[],
): CurrentAccessEntry {
  return {
    ...toMadeEntry(entry),
    principalArn: entry.principalArn ?? principalArn,
    type: entry.type || 'STANDARD', // GT-93
    policies,
    tags: entry.tags ?? {},
  };
}

function toAssociatedPolicy({ policyArn, accessScope }: AssociatedAccessPolicy): AssociatedPolicy {
  const scope = accessScope?.type === 'namespace' ? 'namespace' : 'cluster';
  const namespaces = scope === 'cluster' ? [] : [...(accessScope?.namespaces ?? [])].sort(); // GT-97
  return { policyArn: policyArn ?? '', scope, namespaces };
}

/**
 * What to throw for an error of the EKS SDK: a ProviderError, the reason of the signal when it was aborted, or the
 * error itself when it is a fault of the program.
 */
export function toProviderError(
  error: unknown,
  about: Partial<EksCall> & { readonly cluster: string; readonly signal: AbortSignal },
): unknown {
  if (about.signal.aborted) return about.signal.reason;
  return isVendorError(error)
    ? translateEksError(error, { operation: 'DescribeCluster', ...about }).error
    : error;
}

/** Errors of the service have `$metadata`; those of the network and of the credential chain only a name. */
function isVendorError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isProgrammingFault = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'].includes(
    error.name,
  );
  return !isProgrammingFault || '$metadata' in error;
}
