/** The namespaces of one cluster. Every one that is asked for is there, unless it was said to be missing or terminating. */
import { namespaceMissing, namespaceTerminating } from './rbac-status';

export type Phase = 'Active' | 'Terminating';

export class Namespaces {
  private readonly phases = new Map<string, Phase | undefined>();

  /** Undefined: there is no such namespace. */
  phaseOf(name: string): Phase | undefined {
    return this.phases.has(name) ? this.phases.get(name) : 'Active';
  }

  set(name: string, phase: Phase | undefined): void {
    this.phases.set(name, phase);
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
    return { kind: 'Namespace', apiVersion: 'v1', metadata: { name }, spec: {}, status: { phase } };
  }
}
