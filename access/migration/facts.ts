/** What was seen of a cluster beside the entries themselves, as the questions that a plan asks of it. Pure. */
import { partsOfArn } from '../arn';
import { type DesiredAccessEntry } from '../access-entry/access-entry';
import { readOwnership } from '../aws-auth/owners-annotation';
import { undefinedIfRefused } from '../errors';
import { realArnsIn, type RealArns } from '../explain/as-access-entry';
import { type OwnerOf } from '../explain/identity';
import { contentOf } from '../explain/read-aws-auth';
import { type View } from '../explain/view';
import { principalKeyOf } from '../explain/who';
import { type WrittenEntry } from '../explain/written';
import { describeGives, identityOf } from '../login-identity';
import { defaultUserName, parsePrincipalArn } from '../principal';
import { factsOf as recordFactsOf } from '../record-facts';
import { type Gives } from './effective';
import { meantIn, type Meant } from './meant';
import { type ArnKnowledge, type PlanRow } from './migration-plan';

export interface Facts {
  readonly realArns: RealArns;
  readonly meant: Meant;
  lineOf(entry: WrittenEntry): number;
  /** Whether EKS holds an access entry for the principal, one that no longer works included. */
  hasEntry(principal: string): boolean;
  /** What there is to say of a principal whose access entry counts instead of aws-auth. */
  byEntry(principal: string, inAwsAuth: Gives): string | undefined;
  /** The stack that made a mapping of aws-auth through this product. */
  ownedBy(
    principal: string,
    owner: OwnerOf | undefined,
  ): { readonly name: string; readonly isForced: boolean } | undefined;
  /** Of who made the cluster, for whom EKS makes an entry when the mode changes (GT-106). */
  asCreator(
    principal: string,
    today: Gives,
  ): Pick<PlanRow, 'verdict' | 'reason' | 'madeBy' | 'holdsBack'> | undefined;
  /** Why EKS makes the entry of a node by itself (GT-106); undefined where it does not. */
  nodeMadeByEks(principal: string, type: string): string | undefined;
  /** What a person has to look at before the entry is right. */
  todoOf(entry: DesiredAccessEntry, arn: ArnKnowledge): readonly string[];
}

export function factsIn(view: View): Facts {
  const { cluster, accessEntries } = view;
  const { mode, nodeRoles, creator, clusterRole } = cluster;
  const entries = new Map(accessEntries.map((entry) => [principalKeyOf(entry.principalArn), entry]));
  const { annotations } = contentOf(cluster);
  const records = undefinedIfRefused(() => readOwnership(annotations));
  const nodes = new Map(nodeRoles?.map((role) => [principalKeyOf(role.arn), role]));
  // EKS has made its own when access entries came into force: those that are missing then are not coming.
  const isMadeAlready = mode === 'API_AND_CONFIG_MAP' || mode === 'API';
  const ownRole = clusterRole ?? nodeRoles?.[0]?.arn;
  const account = ownRole && partsOfArn(ownRole).accountId;
  return {
    realArns: realArnsIn(cluster),
    meant: meantIn(view),
    lineOf: (entry) => view.lineOf(entry),
    hasEntry: (principal) => entries.has(principalKeyOf(principal)),
    byEntry: (principal, inAwsAuth) => {
      const entry = entries.get(principalKeyOf(principal));
      if (entry === undefined) return undefined;
      const { username, groups, policies = [], type } = entry;
      const gives = { userName: username, groups, policies, type };
      return identityOf(gives) === identityOf(inAwsAuth)
        ? 'has an access entry that gives the same'
        : `has an access entry, which counts instead and is not changed: ${describeGives(gives)}`;
    },
    ownedBy: (principal, owner) => {
      if (owner?.kind !== 'stack') return undefined;
      const record = records?.get(principalKeyOf(principal));
      const isForced = record !== undefined && recordFactsOf(record).forced === true;
      return { name: `${owner.logicalId} of stack ${owner.stack}`, isForced };
    },
    asCreator: (principal, today) => {
      if (isMadeAlready || creator === undefined) return undefined;
      if (principalKeyOf(principal) !== principalKeyOf(creator)) return undefined;
      const entry = 'EKS gives it an access entry with full control when the mode changes';
      return identityOf(adminOf(creator)) === identityOf(today)
        ? { verdict: 'same', madeBy: 'EKS', reason: `made the cluster: ${entry}`, holdsBack: false }
        : {
            verdict: 'loses',
            madeBy: 'EKS',
            reason: `made the cluster: ${entry}, which counts instead of this line, with another user name or groups`,
            holdsBack: true,
          };
    },
    nodeMadeByEks: (principal, type) => {
      if (isMadeAlready) return undefined;
      const role = nodes.get(principalKeyOf(principal));
      const what = role?.type === 'FARGATE_LINUX' ? 'Fargate profile' : 'node group';
      if (role !== undefined)
        return `of ${what} ${role.nodeGroup}: EKS makes its access entry when the mode changes`;
      return type === 'FARGATE_LINUX'
        ? 'EKS makes the access entries of Fargate profiles when the mode changes'
        : undefined;
    },
    todoOf: ({ principalArn, type }, arn) => [
      ...arnTodo(principalArn, arn, account),
      ...(entries.has(principalKeyOf(principalArn))
        ? [
            `delete the access entry of ${principalArn} first: its role was made again after it, and EKS knows the old one`,
          ]
        : []),
      ...(type === 'STANDARD' ? [] : [nodeTodo(principalArn, isMadeAlready, nodeRoles !== undefined)]),
    ],
  };
}

function adminOf(creator: string): Gives {
  const principal = undefinedIfRefused(() => parsePrincipalArn(creator, 'the creator'));
  return {
    userName: principal && defaultUserName(principal),
    groups: ['system:masters'],
    policies: [],
    type: undefined,
  };
}

function arnTodo(arn: string, known: ArnKnowledge, account: string | undefined): readonly string[] {
  if (known === 'real') return [];
  if (known === 'path unknown') return [`${arn}: write the Region that IAM has in its ARN`];
  const isForeign = account !== undefined && partsOfArn(arn).accountId !== account;
  return [
    isForeign
      ? `${arn} is of another account: ask there whether the role has a path, and in which letter case`
      : `${arn} was not looked up: compare path and letter case with IAM`,
  ];
}

function nodeTodo(arn: string, isMadeAlready: boolean, areGroupsKnown: boolean): string {
  if (isMadeAlready) return `${arn} is for nodes: keep its line in aws-auth until a new node has joined`;
  return areGroupsKnown
    ? `${arn} is of no managed node group: keep its line in aws-auth until a new node has joined`
    : `${arn} is for nodes: leave this out where a managed node group has the role (EKS makes its access entry), else keep its line in aws-auth until a new node has joined`;
}
