/**
 * The namespaces of one cluster. Every one that is asked for is there, unless it was said to be missing or terminating;
 * listed are those that every cluster has, and those that were made.
 */
import { namespaceMissing, namespaceTerminating } from './rbac-status';

export type Phase = 'Active' | 'Terminating';

type Texts = Readonly<Record<string, string>>;

const OF_EVERY_CLUSTER = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export class Namespaces {
  private readonly phases = new Map<string, Phase | undefined>(
    OF_EVERY_CLUSTER.map((name) => [name, 'Active']),
  );
  private readonly descriptions = new Map<string, { readonly labels: Texts; readonly annotations: Texts }>();

  /** Undefined: there is no such namespace. */
  phaseOf(name: string): Phase | undefined {
    return this.phases.has(name) ? this.phases.get(name) : 'Active';
  }

  set(name: string, phase: Phase | undefined): void {
    this.phases.set(name, phase);
  }

  names(): readonly string[] {
    return [...this.phases]
      .filter(([, phase]) => phase !== undefined)
      .map(([name]) => name)
      .sort();
  }

  /** Gives it these labels and annotations and no others; answers as `show`. */
  describe(
    name: string,
    { labels, annotations }: { readonly labels?: unknown; readonly annotations?: unknown },
  ): Record<string, unknown> {
    this.descriptions.set(name, {
      labels: { ...(labels as Texts | undefined), 'kubernetes.io/metadata.name': name },
      annotations: { ...(annotations as Texts | undefined) },
    });
    return this.show(name);
  }

  /**
   * As admission does, which a write that is only tried passes as well.
   * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#namespacelifecycle
   */
  admit(
    namespace: string,
    write: {
      readonly group: string;
      readonly resource: string;
      readonly name: string;
      readonly creates: boolean;
    },
  ): void {
    const phase = this.phaseOf(namespace);
    if (phase === undefined) throw namespaceMissing(namespace);
    if (phase === 'Terminating' && write.creates) throw namespaceTerminating(write, namespace);
  }

  /** As a GET shows it. */
  show(name: string): Record<string, unknown> {
    const phase = this.phaseOf(name);
    if (phase === undefined) throw namespaceMissing(name);
    // https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
    const labels = { 'kubernetes.io/metadata.name': name };
    const metadata = { name, labels, ...this.descriptions.get(name) };
    return { kind: 'Namespace', apiVersion: 'v1', metadata, spec: {}, status: { phase } };
  }
}
