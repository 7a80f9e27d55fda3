/**
 * The provider's own access entries, and in which stack each of them is made. The cluster's stack is the place: it may
 * hold mappings, so that it needs the provider's stack already. Only where that would close a circle, because the
 * provider's stack needs the cluster's, the entry is made with the provider. Which is the case is known when everything
 * is there, so two constructs are made, and one of them is synthesised.
 */
import { type IResolvable, Reference, Stack, Stage, StringConcat, Tokenization } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Dependable, type Construct, type IConstruct, type IDependable } from 'constructs';
import { needs, referencesIn, stackChain, unitAt } from './stack-graph';

/** A provider and a cluster, each the same for all constructs that mean it. */
export interface Door {
  readonly provider: string;
  readonly cluster: string;
}

interface WayIn extends Door {
  readonly awsAuth: string;
  readonly providerSite: Construct;
  readonly clusterSite: Construct;
  /** The role that is let in. */
  readonly principalArn: string;
  readonly entries: readonly eks.CfnAccessEntry[];
}

/** What `allowCluster` asks for. */
export interface WayInRequest extends Door {
  readonly providerSite: Construct;
  readonly clusterSite: Construct;
  /** Id of the entry beside the provider, and beside the cluster. */
  readonly ids: { readonly atProvider: string; readonly atCluster: string };
  readonly awsAuth: string;
  readonly entry: eks.CfnAccessEntryProps;
}

/** Of each App or Stage: stacks of different ones are not deployed together. */
const registries = new WeakMap<IConstruct, WaysIn>();

export class WaysIn {
  static of(scope: IConstruct): WaysIn {
    const root = Stage.of(scope) ?? scope.node.root;
    const ways = registries.get(root) ?? new WaysIn(root);
    registries.set(root, ways);
    return ways;
  }

  private readonly ways: WayIn[] = [];
  private readonly mappings: (Door & { readonly construct: IConstruct })[] = [];
  private deciding = false;
  private readonly decided = new Map<WayIn, { readonly constructs: number; readonly site: Construct }>();

  private constructor(private readonly root: IConstruct) {}

  /** The way in that is there already. */
  find(door: Door): { readonly awsAuth: string } | undefined {
    return this.ways.find((way) => isSame(way, door));
  }

  add({ ids, entry, ...request }: WayInRequest): void {
    const { providerSite, clusterSite } = request;
    const make = (site: Construct, id: string): eks.CfnAccessEntry =>
      new WayInEntry(site, id, entry, () => this.siteOf(way) === site);
    const entries = [make(providerSite, ids.atProvider)];
    if (Stack.of(providerSite) !== Stack.of(clusterSite)) entries.push(make(clusterSite, ids.atCluster));
    const way: WayIn = { ...request, principalArn: entry.principalArn, entries };
    this.ways.push(way);
  }

  /** What a mapping must come after, and be deleted before: the provider's way into the mapping's cluster. */
  before(construct: IConstruct, door: Door): IDependable {
    this.mappings.push({ ...door, construct });
    // Asked when the App is synthesised, so that allowCluster may be called after the mapping is made.
    const entriesOf = (): IConstruct[] =>
      this.deciding
        ? []
        : this.ways
            .filter((way) => isSame(way, door))
            .flatMap((way) => way.entries.filter(({ node }) => node.scope === this.siteOf(way)));
    const dependable: IDependable = {};
    Dependable.implement(dependable, {
      get dependencyRoots() {
        return entriesOf();
      },
    });
    return dependable;
  }

  /** Decided anew whenever the App has grown. */
  private siteOf(way: WayIn): Construct {
    const constructs = this.root.node.findAll().length;
    const known = this.decided.get(way);
    if (known?.constructs === constructs) return known.site;
    this.deciding = true;
    try {
      const site = this.closesCircle(way) ? way.providerSite : way.clusterSite;
      this.decided.set(way, { constructs, site });
      return site;
    } finally {
      this.deciding = false;
    }
  }

  /** Whether an entry beside the cluster would need itself. */
  private closesCircle(way: WayIn): boolean {
    const [provider, cluster] = [way.providerSite, way.clusterSite].map((site) => stackChain(Stack.of(site)));
    if (!provider || !cluster) return false;
    const shared = provider.findIndex((stack, depth) => stack !== cluster[depth]);
    // The provider's stack is the cluster's, or holds it.
    if (shared < 0) return provider.length === cluster.length;
    const to = cluster[shared];
    if (!to) return true;
    const unitOf = unitAt(shared);
    const entries = new Set<IConstruct>(this.ways.flatMap(({ entries }) => entries));
    const users = this.mappings.filter((mapping) => isSame(mapping, way)).map((one) => unitOf(one.construct));
    // Where the role is: the provider's stack, or none where the provider was deployed elsewhere.
    const needed = referencesIn(way.principalArn, way.clusterSite).map(unitOf);
    if (needed.some((stack) => users.includes(stack) || needs(stack, to, unitOf, entries))) return true;
    return users.some((user) => user !== to && needs(to, user, unitOf, entries));
  }
}

function isSame(one: Door, other: Door): boolean {
  return one.provider === other.provider && one.cluster === other.cluster;
}

/** One of the places of a way in; empty unless it is the one. */
class WayInEntry extends eks.CfnAccessEntry {
  constructor(
    scope: Construct,
    id: string,
    props: eks.CfnAccessEntryProps,
    private readonly isHere: () => boolean,
  ) {
    super(scope, id, props);
  }

  protected override shouldSynthesize(): boolean {
    return this.isHere();
  }
}

/** The door between a provider, known by its service token, and a cluster, known by its name. */
export function doorOf(serviceToken: string, clusterName: string, scope: IConstruct): Door {
  const stack = Stack.of(scope);
  const named = (token: IResolvable): string =>
    JSON.stringify(
      Reference.isReference(token) ? [token.target.node.path, token.displayName] : stack.resolve(token),
    );
  const identity = (value: string): unknown =>
    Tokenization.reverseString(value).mapTokens({ mapToken: named }).join(new StringConcat());
  return {
    provider: String(identity(serviceToken)),
    cluster: [stack.account, stack.region, identity(clusterName)].join('\n'),
  };
}
