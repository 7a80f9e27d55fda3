/** The EKS API behind `AccessEntryStore`. It decides nothing. */
import { type EksApi, type EksOperation, type EksOperations } from '../aws/eks-api';
import { type EksCall, isEksFailure, translateEksError } from '../aws/eks-refusal';
import { fnv1a } from '../fnv1a';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import { type Write } from './plan';
import { type AccessEntryStore, type EntryAddress, type EntryTags, type MadeEntry } from './port';

type AccessEntry = NonNullable<EksOperations['DescribeAccessEntry'][1]['accessEntry']>;
type AssociatedAccessPolicy = NonNullable<
  EksOperations['ListAssociatedAccessPolicies'][1]['associatedAccessPolicies']
>[number];

/** Policies go only with these types (GT-98): for the others the list need not be asked for. */
const TYPES_WITH_POLICIES = ['STANDARD', 'EC2'];

/** Every request of `api` is given up when `signal` is aborted, with the signal's own reason (CR-29). */
export function openAccessEntryStore(api: EksApi, signal: AbortSignal): AccessEntryStore & EntryTags {
  type Output<O extends EksOperation> = Omit<EksOperations[O][1], '$metadata'>;

  /** Undefined for an entry that is not there, or a cluster that has none. */
  async function ask<O extends EksOperation>(
    operation: O,
    input: EksOperations[O][0],
    about: Omit<EksCall, 'operation'>,
  ): Promise<Output<O> | undefined> {
    try {
      return await api.call(operation, input);
    } catch (error) {
      signal.throwIfAborted();
      if (!isEksFailure(error)) throw error;
      const { fault, error: ours } = translateEksError(error, { operation, ...about });
      if (fault === 'no entry' || fault === 'no access entries') return undefined;
      throw ours;
    }
  }

  async function policiesOf(address: EntryAddress): Promise<readonly AssociatedPolicy[] | undefined> {
    const { cluster: clusterName, principalArn } = address;
    const policies: AssociatedPolicy[] = [];
    let nextToken: string | undefined;
    do {
      const page = await ask(
        'ListAssociatedAccessPolicies',
        { clusterName, principalArn, nextToken },
        address,
      );
      if (!page) return undefined;
      policies.push(...(page.associatedAccessPolicies ?? []).map(toAssociatedPolicy));
      nextToken = page.nextToken;
    } while (nextToken);
    return policies;
  }

  return {
    async readTags(address) {
      const { cluster: clusterName, principalArn } = address;
      const entry = (await ask('DescribeAccessEntry', { clusterName, principalArn }, address))?.accessEntry;
      return entry && (entry.tags ?? {});
    },

    async read(address) {
      const { cluster: clusterName, principalArn } = address;
      const entry = (await ask('DescribeAccessEntry', { clusterName, principalArn }, address))?.accessEntry;
      if (!entry) return undefined;
      const hasPolicies = TYPES_WITH_POLICIES.includes(entry.type || 'STANDARD');
      const policies = hasPolicies ? await policiesOf(address) : [];
      // Deleted between the two looks.
      return policies && toCurrentEntry(entry, principalArn, policies);
    },

    readPolicies: policiesOf,

    async listPrincipals(cluster) {
      const principals: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await ask('ListAccessEntries', { clusterName: cluster, nextToken }, { cluster });
        principals.push(...(page?.accessEntries ?? []));
        nextToken = page?.nextToken;
      } while (nextToken);
      return principals;
    },

    async apply(address, action, clientRequestToken) {
      const operation = OPERATIONS[action.do];
      try {
        return await send(api, address, action, clientRequestToken);
      } catch (error) {
        signal.throwIfAborted();
        if (!isEksFailure(error)) throw error;
        throw translateEksError(error, { operation, ...address, asked: action }).error;
      }
    },
  };
}

const OPERATIONS: Readonly<Record<Write['do'], EksOperation>> = {
  create: 'CreateAccessEntry',
  update: 'UpdateAccessEntry',
  delete: 'DeleteAccessEntry',
  tag: 'TagResource',
  untag: 'UntagResource',
  associate: 'AssociateAccessPolicy',
  disassociate: 'DisassociateAccessPolicy',
};

async function send(
  api: EksApi,
  { cluster, principalArn }: EntryAddress,
  action: Write,
  clientRequestToken: string | undefined,
): Promise<MadeEntry | undefined> {
  const address = { clusterName: cluster, principalArn };
  switch (action.do) {
    case 'create': {
      const { type, username, groups, tags } = action;
      // A node type takes neither user name nor groups, not even none (GT-83). The type is always sent, because an
      // IAM condition on it does not see a type that is left out (CR-39).
      // No groups are left out, because an IAM condition on them reads an empty list in ways nobody documents.
      const kubernetesGroups = groups.length > 0 ? { kubernetesGroups: [...groups] } : {};
      const identity = type === 'STANDARD' ? { username, ...kubernetesGroups, tags: { ...tags } } : {};
      const asked = { ...address, type, ...identity };
      const { accessEntry } = await api.call('CreateAccessEntry', {
        ...asked,
        clientRequestToken: clientRequestToken && tokenFor(clientRequestToken, asked),
      });
      return toMadeEntry(accessEntry ?? {});
    }
    case 'update': {
      const { username, groups } = action;
      await api.call('UpdateAccessEntry', {
        ...address,
        username,
        kubernetesGroups: [...groups],
        clientRequestToken,
      });
      return undefined;
    }
    case 'delete':
      await api.call('DeleteAccessEntry', address);
      return undefined;
    case 'tag':
      await api.call('TagResource', { resourceArn: action.accessEntryArn, tags: { ...action.tags } });
      return undefined;
    case 'untag':
      await api.call('UntagResource', { resourceArn: action.accessEntryArn, tagKeys: [...action.keys] });
      return undefined;
    case 'associate': {
      const { policyArn, scope, namespaces } = action.policy;
      const accessScope =
        scope === 'cluster' ? { type: scope } : { type: scope, namespaces: [...namespaces] };
      await api.call('AssociateAccessPolicy', { ...address, policyArn, accessScope });
      return undefined;
    }
    case 'disassociate':
      await api.call('DisassociateAccessPolicy', { ...address, policyArn: action.policyArn });
      return undefined;
  }
}

/** CloudFormation sends a RequestId again with other properties, or another date, when a deployment is retried (CR-25). */
function tokenFor(request: string, asked: object): string {
  return `${request}-${fnv1a(JSON.stringify(asked)).toString(36)}`;
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
