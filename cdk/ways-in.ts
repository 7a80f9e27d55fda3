/**
 * The provider's own access entries, and in which stack each of them is made. The cluster's stack is the place: it may
 * hold mappings, so that it needs the provider's stack already. Only where that would close a circle, because the
 * provider's stack needs the cluster's, the entry is made with the provider. Which is the case is known when everything
 * is there, so two constructs are made, and one of them is synthesised.
 */
import { Stack, Stage } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import { Dependable, type Construct, type IConstruct, type IDependable } from 'constructs';
import { type Door, isSameDoor } from './door';
import { neededBy, referencesIn, stackChain, unitAt } from './stack-graph';

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
  private readonly decided = new Map<WayIn, { readonly size: number; readonly site: Construct }>();

  private constructor(private readonly root: IConstruct) {}

  /** The way in that is there already. */
  find(door: Door): { readonly awsAuth: string } | undefined {
    return this.ways.find((way) => isSameDoor(way, door));
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
            .filter((way) => isSameDoor(way, door))
            .flatMap((way) => way.entries.filter(({ node }) => node.scope === this.siteOf(way)));
    const dependable: IDependable = {};
    Dependable.implement(dependable, {
      get dependencyRoots() {
        return entriesOf();
      },
    });
    return dependable;
  }

  /** Asked once and more for every mapping, and decided anew only when a stack has got something new. */
  private siteOf(way: WayIn): Construct {
    const size = this.root.node.children.reduce((sum, { node }) => sum + node.children.length, 0);
    const known = this.decided.get(way);
    if (known?.size === size) return known.site;
    this.deciding = true;
    try {
      const site = this.closesCircle(way) ? way.providerSite : way.clusterSite;
      this.decided.set(way, { size, site });
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
    const needs = (stack: Stack): ReadonlySet<Stack> => neededBy(stack, unitOf, entries);
    const users = new Set(
      this.mappings.filter((mapping) => isSameDoor(mapping, way)).map(({ construct }) => unitOf(construct)),
    );
    // Where the role is: the provider's stack, or none where the provider was deployed elsewhere.
    const roleIn = new Set(referencesIn(way.principalArn, way.clusterSite).map(unitOf));
    if ([...roleIn].some((stack) => users.has(stack) || needs(stack).has(to))) return true;
    users.delete(to);
    return users.size > 0 && [...needs(to)].some((stack) => users.has(stack));
  }
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
