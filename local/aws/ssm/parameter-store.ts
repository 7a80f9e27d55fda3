/** SSM parameters: those that were given, those that stacks make, and stand-ins for what every account has. */
import { createHash } from 'node:crypto';

export interface FoundParameter {
  readonly value: string;
  /** True for a value that is made up: a parameter that AWS or the CDK keeps in every account. */
  readonly standIn: boolean;
}

/** Each value that is set is a version, and the first is 1. */
export class ParameterStore {
  private readonly parameters = new Map<string, { readonly versions: string[]; readonly given: boolean }>();

  /** `given`: parameters of the user, whose value is that of every version. */
  constructor(given: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(given))
      this.parameters.set(name, { versions: [value], given: true });
  }

  set(name: string, value: string): void {
    const found = this.parameters.get(name);
    if (found && !found.given) found.versions.push(value);
    else this.parameters.set(name, { versions: [value], given: false });
  }

  has(name: string): boolean {
    return this.parameters.has(name);
  }

  delete(name: string): void {
    this.parameters.delete(name);
  }

  /** Undefined where there is none. `version`: default the last. `type`: of the template's parameter, if it is one. */
  find(name: string, version?: number, type = ''): FoundParameter | undefined {
    const found = this.parameters.get(name);
    if (!found) return standIn(name, type);
    const value = version === undefined || found.given ? found.versions.at(-1) : found.versions[version - 1];
    return value === undefined ? undefined : { value, standIn: false };
  }
}

/** The version of a bootstrap stack of the CDK, and the ids of public images: those have a form, other values have none. */
function standIn(name: string, type: string): FoundParameter | undefined {
  if (/^\/cdk-bootstrap\/[^/]+\/version$/.test(name)) return { value: '30', standIn: true };
  const isPublic = name.startsWith('/aws/service/');
  const isImage =
    type.includes('AWS::EC2::Image::Id') || /(\/image_id|\/ami-id|\/ami-amazon-[^/]*\/[^/]+)$/.test(name);
  if (!isPublic || !isImage) return undefined;
  return { value: `ami-0${createHash('sha256').update(name).digest('hex').slice(0, 16)}`, standIn: true };
}
