/** What changes a cluster: its authentication mode, and the refusal of what would replace it. */
import { asText, isObject, type Json, type JsonObject } from '../json';
import { type Eks } from './eks-client';
import { type Provisioned, ResourceFailure } from './resource-type';

export function modeOf(properties: JsonObject): string | undefined {
  const config: Json | undefined = properties['AccessConfig'];
  const mode = isObject(config) ? config['AuthenticationMode'] : undefined;
  return typeof mode === 'string' ? mode : undefined;
}

/**
 * The right of the creator is create-only. CloudFormation replaces a cluster without a name of its own, which is not
 * built here, and refuses to replace one that has a name.
 */
function refuseReplacement(
  properties: JsonObject,
  current: Provisioned & { readonly properties: JsonObject },
): void {
  if (creatorIsAdmin(properties) === creatorIsAdmin(current.properties)) return;
  const { physicalId } = current;
  const changed = 'AccessConfig.BootstrapClusterCreatorAdminPermissions';
  throw new ResourceFailure(
    properties['Name'] === undefined
      ? `the local CloudFormation does not replace the cluster ${physicalId} for ${changed}: delete the stack and create it again`
      : `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${physicalId} and update the stack again (${changed} was changed).`,
    undefined,
    true,
  );
}

function creatorIsAdmin(properties: JsonObject): boolean {
  const { BootstrapClusterCreatorAdminPermissions: given = true } = isObject(properties['AccessConfig'])
    ? properties['AccessConfig']
    : {};
  return asText(given) === 'true';
}

export async function updateMode(
  eks: Eks,
  properties: JsonObject,
  current: Provisioned & { readonly properties: JsonObject },
): Promise<Provisioned> {
  refuseReplacement(properties, current);
  const mode = modeOf(properties);
  if (mode === undefined || mode === modeOf(current.properties)) return current;
  const name = current.physicalId;
  await eks(async (sdk, client) => {
    const { update } = await client.send(
      new sdk.UpdateClusterConfigCommand({ name, accessConfig: { authenticationMode: mode as 'API' } }),
    );
    for (let status = update?.status; status === 'InProgress';) {
      const described = await client.send(
        new sdk.DescribeUpdateCommand({ name, updateId: update?.id ?? '' }),
      );
      status = described.update?.status;
    }
  });
  return current;
}
