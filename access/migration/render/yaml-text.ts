/** Values of a template as YAML: double-quoted and escaped, so that every reader of YAML and JSON reads the same. Pure. */
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { escaped } from './escaped';

export function yamlText(text: string): string {
  return `"${escaped(text)}"`;
}

/** In one line. */
export function yamlList(items: readonly string[]): string {
  return `[${items.map(yamlText).join(', ')}]`;
}

/**
 * Entries that a template can say, and a comment for each of the others: CloudFormation fills in `{{resolve:…}}` wherever
 * it stands, and would write a secret into a user name.
 */
export function sayable({ entries }: MigrationPlan): {
  readonly entries: readonly PlannedEntry[];
  readonly comments: readonly string[];
} {
  const isSaid = ({ entry: { username = '', groups } }: PlannedEntry): boolean =>
    [username, ...groups].every((text) => !text.includes('{{resolve:'));
  return {
    entries: entries.filter(isSaid),
    comments: entries
      .filter((planned) => !isSaid(planned))
      .map(
        ({ who }) =>
          `# TODO ${who} is not in here: CloudFormation fills in {{resolve:…}}. Make its access entry by --to cli.`,
      ),
  };
}

/** The parameter by which the stack is told its cluster. */
export function clusterParameter(cluster: string | undefined): readonly string[] {
  return [
    'Parameters:',
    '  ClusterName:',
    '    Type: String',
    ...(cluster === undefined ? [] : [`    Default: ${yamlText(cluster)}`]),
  ];
}
