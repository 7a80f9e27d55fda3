/** AWS::EKS::AccessEntry, and the calls that it makes (GT-121, GT-122). */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { type Eks } from './eks-client';
import { changedProperties, type Provisioned, type ResourceType } from './resource-type';

export function accessEntryType(eks: Eks): ResourceType {
  return {
    attributes: ['AccessEntryArn'],
    // GT-120: create-only.
    replacedBy: ['ClusterName', 'PrincipalArn', 'Type'],
    create: (properties) => entryProvision(eks, properties),
    update: (properties, _context, current) =>
      entryUpdate(
        eks,
        properties,
        current.properties,
        current,
        changedProperties(properties, current.properties),
      ),
    delete: (_properties, _context, physicalId) => entryDeletion(eks, physicalId),
  };
}

interface Policy {
  readonly policyArn: string;
  readonly accessScope: { readonly type: 'cluster' | 'namespace'; readonly namespaces?: string[] };
}

const texts = (value: Json | undefined): string[] | undefined =>
  Array.isArray(value) ? value.map((item) => asText(item)) : undefined;
const text = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : asText(value);

function policiesOf(properties: JsonObject): Policy[] {
  const list = properties['AccessPolicies'];
  return (Array.isArray(list) ? list : []).filter(isObject).map(({ PolicyArn: arn, AccessScope: scope }) => {
    const { Type: type, Namespaces: namespaces } = isObject(scope) ? scope : {};
    const named = texts(namespaces);
    return {
      policyArn: text(arn) ?? '',
      accessScope: { type: text(type) as 'cluster', ...(named === undefined ? {} : { namespaces: named }) },
    };
  });
}

function tagsOf(properties: JsonObject): Record<string, string> {
  const list = properties['Tags'];
  return Object.fromEntries(
    (Array.isArray(list) ? list : [])
      .filter(isObject)
      .map(({ Key: key, Value: value }) => [text(key) ?? '', text(value) ?? '']),
  );
}

function entryProvision(eks: Eks, properties: JsonObject): Promise<Provisioned> {
  const clusterName = text(properties['ClusterName']) ?? '';
  const principalArn = text(properties['PrincipalArn']) ?? '';
  const type = text(properties['Type']);
  const username = text(properties['Username']);
  const kubernetesGroups = texts(properties['KubernetesGroups']);
  return eks(async (sdk, client) => {
    const { accessEntry } = await client.send(
      new sdk.CreateAccessEntryCommand({
        clusterName,
        principalArn,
        tags: tagsOf(properties),
        ...(type === undefined ? {} : { type }),
        ...(username === undefined ? {} : { username }),
        ...(kubernetesGroups === undefined ? {} : { kubernetesGroups }),
      }),
    );
    try {
      for (const policy of policiesOf(properties))
        await client.send(new sdk.AssociateAccessPolicyCommand({ clusterName, principalArn, ...policy }));
    } catch (error) {
      await client.send(new sdk.DeleteAccessEntryCommand({ clusterName, principalArn }));
      throw error;
    }
    return {
      physicalId: `${principalArn}|${clusterName}`,
      attributes: { AccessEntryArn: accessEntry?.accessEntryArn ?? '' },
    };
  });
}

/** Only what changed: an update without policy changes makes no policy call (GT-122). */
function entryUpdate(
  eks: Eks,
  properties: JsonObject,
  old: JsonObject,
  current: Provisioned,
  changed: readonly string[],
): Promise<Provisioned> {
  const [principalArn = '', clusterName = ''] = current.physicalId.split('|');
  const username = text(properties['Username']);
  return eks(async (sdk, client) => {
    if (changed.includes('Username') || changed.includes('KubernetesGroups')) {
      const kubernetesGroups = texts(properties['KubernetesGroups']) ?? [];
      await client.send(
        new sdk.UpdateAccessEntryCommand({
          clusterName,
          principalArn,
          kubernetesGroups,
          ...(username === undefined ? {} : { username }),
        }),
      );
    }
    if (changed.includes('AccessPolicies')) {
      const [wanted, had] = [policiesOf(properties), policiesOf(old)];
      for (const { policyArn } of had.filter(
        (policy) => !wanted.some((other) => other.policyArn === policy.policyArn),
      )) {
        await client.send(new sdk.DisassociateAccessPolicyCommand({ clusterName, principalArn, policyArn }));
      }
      for (const policy of wanted.filter(
        (one) => !had.some((other) => JSON.stringify(other) === JSON.stringify(one)),
      )) {
        await client.send(new sdk.AssociateAccessPolicyCommand({ clusterName, principalArn, ...policy }));
      }
    }
    if (changed.includes('Tags')) {
      const resourceArn = asText(current.attributes['AccessEntryArn']);
      const [wanted, had] = [tagsOf(properties), tagsOf(old)];
      const gone = Object.keys(had).filter((key) => !Object.hasOwn(wanted, key));
      if (gone.length > 0) await client.send(new sdk.UntagResourceCommand({ resourceArn, tagKeys: gone }));
      if (Object.keys(wanted).length > 0)
        await client.send(new sdk.TagResourceCommand({ resourceArn, tags: wanted }));
    }
    return current;
  });
}

function entryDeletion(eks: Eks, physicalId: string): Promise<void> {
  const [principalArn = '', clusterName = ''] = physicalId.split('|');
  return eks(async (sdk, client) => {
    try {
      await client.send(new sdk.DeleteAccessEntryCommand({ clusterName, principalArn }));
    } catch (error) {
      // Gone already, by hand or with its cluster (GT-111).
      if (!(error instanceof sdk.ResourceNotFoundException)) throw error;
    }
  });
}
