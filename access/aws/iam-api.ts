/**
 * The two questions that the provider asks of IAM, by the SDK's client, which is made when it is first asked: only
 * where a permission set is looked for, or a role that may have been made again.
 *
 * IAM is one service for a whole partition: its endpoint, and the Region that a request to it is signed for, follow
 * from the function's Region by the SDK's own rules.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html
 */
import { GetRoleCommand, IAMClient, ListRolesCommand, type Role } from '@aws-sdk/client-iam';
import { asCallOf, type AwsConnection, keptClient, perCall } from './sdk-client';
import { isSdkFailure, readFailure, type ReadFailure } from './sdk-failure';

export interface IamRole {
  /** With its path. */
  readonly arn: string;
  readonly name: string;
  /** `AROA…`: another one when a role was deleted and made again under its name (GT-79). */
  readonly roleId: string;
  /** Milliseconds since the epoch. */
  readonly createDate: number;
}

/** What came back, or why nothing did: a role that is not there is the failure `NoSuchEntity…`. */
export type IamAnswer<T> = { readonly output: T } | { readonly failure: ReadFailure };

/** Both reject with the signal's reason once it is aborted, and with nothing else but a fault of the program. */
export interface IamApi {
  /** A role of the provider's own account, by its name without path. */
  getRole(name: string): Promise<IamAnswer<IamRole>>;
  /** All roles of the provider's own account whose path begins so, in as many requests as it takes. */
  listRoles(pathPrefix: string): Promise<IamAnswer<readonly IamRole[]>>;
}

const clientOf = keptClient((settings) => {
  const client = new IAMClient(settings);
  client.middlewareStack.use(perCall());
  return client;
});

export function openIamApi(connection: AwsConnection): IamApi {
  const answerOf = async <T>(ask: (client: IAMClient) => Promise<T>): Promise<IamAnswer<T>> => {
    try {
      return { output: await ask(clientOf(connection)) };
    } catch (error) {
      connection.signal.throwIfAborted();
      if (!isSdkFailure(error)) throw error;
      return { failure: readFailure(error) };
    }
  };
  return {
    getRole: (RoleName) =>
      answerOf(async (client) => {
        const { Role: role } = await client.send(asCallOf(connection, new GetRoleCommand({ RoleName })));
        return roleOf(role);
      }),
    listRoles: (PathPrefix) =>
      answerOf(async (client) => {
        const found: IamRole[] = [];
        for (let Marker: string | undefined; ;) {
          const command = new ListRolesCommand({ PathPrefix, MaxItems: 1_000, Marker });
          const page = await client.send(asCallOf(connection, command));
          found.push(...(page.Roles ?? []).map(roleOf));
          // A page may be short, or empty, and not be the last one.
          if (page.IsTruncated !== true || page.Marker === undefined) return found;
          Marker = page.Marker;
        }
      }),
  };
}

function roleOf(role: Role | undefined): IamRole {
  return {
    arn: role?.Arn ?? '',
    name: role?.RoleName ?? '',
    roleId: role?.RoleId ?? '',
    createDate: role?.CreateDate?.getTime() ?? 0,
  };
}
