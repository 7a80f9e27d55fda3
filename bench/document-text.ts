/** aws-auth documents of any size, in the two styles that people have. Pure. */

export type Style = 'block' | 'JSON';
export const STYLES: readonly Style[] = ['block', 'JSON'];

const ACCOUNT = '111122223333';

/** Block style as people keep it: comments, quotes here and there; about 170 bytes an entry. JSON as tools print it. */
export function documentOf(style: Style, entries: number): string {
  const numbers = Array.from({ length: entries }, (_, index) => String(index).padStart(5, '0'));
  if (style === 'JSON') {
    return JSON.stringify(
      numbers.map((number) => ({
        rolearn: `arn:aws:iam::${ACCOUNT}:role/team-${number}-deployer`,
        username: `team-${number}:{{SessionName}}`,
        groups: [`team-${number}`, 'deployers'],
      })),
    );
  }
  const blocks = numbers.map(
    (number) =>
      `- rolearn: arn:aws:iam::${ACCOUNT}:role/team-${number}-deployer # ${number}\n` +
      `  username: 'team-${number}:{{SessionName}}'\n  groups:\n    - team-${number}\n    - "deployers"\n`,
  );
  return `# Who may deploy.\n${blocks.join('')}`;
}
