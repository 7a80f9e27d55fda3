/** User names and groups with their placeholders filled in, as the authenticator does it (GT-37, GT-38). Pure. */
import { type CallerIdentity } from '../identity/iam';

/** Undefined when the private DNS name is asked for and the session is no instance. */
export function renderTemplate(
  template: string,
  caller: CallerIdentity,
  session: string,
  region: string,
): string | undefined {
  let text = template;
  if (text.includes('{{EC2PrivateDNSName}}')) {
    if (!/^i-(\w{8}|\w{17})$/.test(session)) return undefined;
    text = text.replaceAll('{{EC2PrivateDNSName}}', () => `${session}.${region}.compute.internal`);
  }
  return text
    .replaceAll('{{AccountID}}', () => caller.accountId)
    .replaceAll('{{AccessKeyID}}', () => caller.accessKeyId)
    .replaceAll('{{SessionName}}', () => session.replaceAll('@', '-'))
    .replaceAll('{{SessionNameRaw}}', () => session);
}
