/** Named rights as the documents have them (docs/reference/rights.md), written down a second time. */
export type PolicyName = 'AmazonEKSViewPolicy' | 'AmazonEKSEditPolicy';
export type RightName = 'view' | 'edit' | 'view-plus-nodes' | 'edit-plus-custom-resources';
export type Namespace = 'n0' | 'n1';

/** One of `Rights`: in the namespaces, or in the whole cluster where none is named. */
export interface RightWish {
  readonly name: RightName;
  readonly namespaces: readonly Namespace[];
}

/** One right in one place: `edit@n0`, `view@*`. */
export type Token = string;

/** The access policy that says the same. */
const POLICIES: Readonly<Partial<Record<RightName, PolicyName>>> = {
  view: 'AmazonEKSViewPolicy',
  edit: 'AmazonEKSEditPolicy',
};

export function policyOfRight(name: RightName): PolicyName | undefined {
  return POLICIES[name];
}

export function tokensOf(rights: readonly RightWish[]): readonly Token[] {
  return rights.flatMap(({ name, namespaces }) => placesOf(namespaces).map((place) => `${name}@${place}`));
}

/** `policy`: its name, or the ARN that ends with it; none of one that gives no named right. */
export function tokensOfPolicy(policy: string, namespaces: readonly string[]): readonly Token[] {
  const right = (Object.keys(POLICIES) as RightName[]).find((name) => policy.endsWith(POLICIES[name] ?? '?'));
  return right === undefined ? [] : placesOf(namespaces).map((place) => `${right}@${place}`);
}

function placesOf(namespaces: readonly string[]): readonly string[] {
  return namespaces.length > 0 ? namespaces : ['*'];
}

export function groupOfToken(token: Token): string {
  const [name, place] = partsOf(token);
  return `cfn-eks-access:${name}${place === '*' ? '' : `:${place}`}`;
}

/** The right that a group stands for; undefined for any other group. */
export function tokenOfGroup(group: string): Token | undefined {
  const [prefix, name, place] = group.split(':');
  return prefix === 'cfn-eks-access' && name ? `${name}@${place ?? '*'}` : undefined;
}

export function partsOf(token: Token): readonly [RightName, string] {
  return token.split('@') as [RightName, string];
}
