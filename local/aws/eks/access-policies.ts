/** AssociateAccessPolicy, DisassociateAccessPolicy, ListAssociatedAccessPolicies, ListAccessPolicies. */
import { requireEntry } from './entry-lookup';
import { authorize, label, optionalObject, optionalString, optionalStrings, page, type Call } from './call';
import { keepPolicy, shownPolicies } from './association-visibility';
import { type EntryState, type PolicyState } from './cluster-state';
import { EksError, entryNotFound, invalidParameter } from './eks-error';
import { refuseServiceLinkedRole } from './entry-rules';
import { isForServiceLinkedRolesOnly, listPolicies, policyName } from './policy-catalogue';

/** Only the native resource type documents a number (GT-112). */
const policyQuota = 20;

/** GT-96: an upsert by policy ARN; the scope is replaced. */
export function associateAccessPolicy(call: Call): unknown {
  const arn = optionalString(call.body, 'policyArn') ?? '';
  const accessScope = optionalObject(call.body, 'accessScope') ?? {};
  const scope = optionalString(accessScope, 'type') ?? '';
  const namespaces = optionalStrings(accessScope, 'namespaces') ?? [];
  const { cluster, entry } = requireEntry(call, 'eks:AssociateAccessPolicy', refuseServiceLinkedRole, {
    'eks:policyArn': arn,
    'eks:accessScope': scope,
    ...(namespaces.length > 0 ? { 'eks:namespaces': namespaces } : {}),
  });
  if (entry.associateMisses > 0) {
    entry.associateMisses -= 1;
    throw entryNotFound();
  }
  const name = requirePolicy(call, arn);
  checkScope(scope, namespaces);
  checkAllowed(entry, name);
  const before = entry.policies.get(arn);
  if (!before && entry.policies.size >= policyQuota) {
    throw new EksError(
      'InvalidRequestException',
      `No more than ${policyQuota} access policies can be associated with an access entry`,
    );
  }
  const now = call.world.clock();
  const policy: PolicyState = {
    policyArn: arn,
    scope: scope === 'cluster' ? 'cluster' : 'namespace',
    namespaces: [...namespaces],
    associatedAt: before?.associatedAt ?? now,
    modifiedAt: now,
  };
  keepPolicy(entry, policy, call.world.consistency);
  return {
    clusterName: cluster.name,
    principalArn: entry.principalArn,
    associatedAccessPolicy: view(policy),
  };
}

export function disassociateAccessPolicy(call: Call): unknown {
  const arn = label(call, 2);
  const { entry } = requireEntry(call, 'eks:DisassociateAccessPolicy', refuseServiceLinkedRole, {
    'eks:policyArn': arn,
  });
  requireForm(arn);
  if (!entry.policies.delete(arn)) throw policyNotFound();
  return {};
}

export function listAssociatedAccessPolicies(call: Call): unknown {
  const { cluster, entry } = requireEntry(call, 'eks:ListAssociatedAccessPolicies');
  const { items, nextToken } = page(call.query, shownPolicies(entry));
  return {
    clusterName: cluster.name,
    principalArn: entry.principalArn,
    associatedAccessPolicies: items.map(view),
    ...(nextToken ? { nextToken } : {}),
  };
}

export function listAccessPolicies(call: Call): unknown {
  authorize(call, 'eks:ListAccessPolicies', '*');
  const { items, nextToken } = page(call.query, listPolicies(call.world.iam.partition));
  return { accessPolicies: items, ...(nextToken ? { nextToken } : {}) };
}

/** GT-94: what is no EKS ARN at all fails on its form; everything else that is unknown is not found. */
function requirePolicy(call: Call, arn: string): string {
  requireForm(arn);
  const name = policyName(call.world.iam.partition, arn);
  if (name === undefined) throw policyNotFound();
  return name;
}

function requireForm(arn: string): void {
  if (!/^arn:[^:]+:eks:/.test(arn)) throw invalidParameter('The policyArn parameter format is not valid');
}

function policyNotFound(): EksError {
  return new EksError(
    'ResourceNotFoundException',
    "The specified policyArn could not be found. You can view your available access policies with 'list-access-policies'",
  );
}

/** GT-97, GT-112; no text is known of the last two. */
function checkScope(scope: string, namespaces: readonly string[]): void {
  if (scope !== 'cluster' && scope !== 'namespace') {
    throw invalidParameter('The accessScope type must be one of [cluster, namespace]');
  }
  if (scope === 'namespace' && namespaces.length === 0) {
    throw invalidParameter('At least 1 namespace must be provided if the type is set as namespace');
  }
  if (scope === 'cluster' && namespaces.length > 0) {
    throw invalidParameter('accessScope should not include namespaces if the type is not set as namespace');
  }
  if (namespaces.length > 25) throw invalidParameter('No more than 25 namespaces can be provided');
  const misplaced = namespaces.find((namespace) => namespace.slice(0, -1).includes('*'));
  if (misplaced !== undefined)
    throw invalidParameter(`The namespace ${misplaced} may have * at its end only`);
}

/** GT-98, GT-99. */
function checkAllowed(entry: EntryState, name: string): void {
  if (entry.type !== 'STANDARD' && !(entry.type === 'EC2' && name === 'AmazonEKSAutoNodePolicy')) {
    throw new EksError(
      'InvalidRequestException',
      'This operation can only be performed on Access Entries with a type of "STANDARD"',
    );
  }
  if (isForServiceLinkedRolesOnly(name)) {
    throw invalidParameter('The specified policyArn can only be associated with service-linked roles');
  }
}

/** Times in seconds; cluster scope comes with an empty list (GT-97). */
function view(policy: PolicyState): Record<string, unknown> {
  return {
    policyArn: policy.policyArn,
    accessScope: { type: policy.scope, namespaces: policy.namespaces },
    associatedAt: policy.associatedAt / 1000,
    modifiedAt: policy.modifiedAt / 1000,
  };
}
