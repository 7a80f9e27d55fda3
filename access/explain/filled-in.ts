/** User names and groups after login: templates filled in as the authenticator does (GT-37, GT-38). Pure. */
import { partsOfArn } from '../arn';
import { type Caller } from './caller';

export type FilledIn =
  | {
      readonly text: string;
      /** What happened to the session's name, for people. */
      readonly note: string;
      /** Whether only EC2 instances get in. */
      readonly isInstanceOnly: boolean;
    }
  | { readonly fails: string };

const INSTANCE = /^i-(?:\w{8}|\w{17})$/;

/** Whether the session is an EC2 instance's, and so a node's rather than a person's. */
export function isInstance(session: string): boolean {
  return INSTANCE.test(session);
}

/** Of Systems Manager, as hybrid nodes are. */
export function isHybridNode(session: string): boolean {
  return /^mi-[0-9a-f]{17}$/.test(session);
}

const TEMPLATE = /\{\{(EC2PrivateDNSName|AccountID|SessionName|SessionNameRaw|AccessKeyID)\}\}/g;

/** What only the login tells stays as `<session>`, `<access key id>`, `<private DNS name>`. */
export function filledIn(template: string, { canonical, session }: Caller): FilledIn {
  const isInstanceOnly = template.includes('{{EC2PrivateDNSName}}');
  if (isInstanceOnly && session !== undefined && !isInstance(session))
    return { fails: 'works only for EC2 instances, whose session is an instance id (i-…)' };
  const values = {
    EC2PrivateDNSName: session === undefined ? '<private DNS name>' : `<private DNS name of ${session}>`,
    AccountID: partsOfArn(canonical).accountId,
    SessionName: session === undefined ? '<session>' : session.replaceAll('@', '-'),
    SessionNameRaw: session ?? '<session>',
    AccessKeyID: '<access key id>',
  };
  const text = template.replaceAll(TEMPLATE, (_, name: keyof typeof values) => values[name]);
  const isChanged = template.includes('{{SessionName}}') && session?.includes('@') === true;
  return { text, note: isChanged ? '@ becomes -' : '', isInstanceOnly };
}
