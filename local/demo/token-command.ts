/** `token-command CLUSTER REGION`: prints an ExecCredential for kubectl, from the credentials in the environment. */
import { environmentCredentials } from '../../access/aws/credentials';
import { dnsSuffixOf, partitionOf } from '../../access/aws/partition';
import { presignToken } from '../../access/cluster/token';

async function main([clusterName = '', region = '']: readonly string[]): Promise<void> {
  const now = Date.now();
  const token = await presignToken({
    clusterName,
    region,
    dnsSuffix: dnsSuffixOf(partitionOf(region)),
    credentials: await environmentCredentials(),
    now,
  });
  const expirationTimestamp = new Date(now + 14 * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  process.stdout.write(
    JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      kind: 'ExecCredential',
      status: { token, expirationTimestamp },
    }),
  );
}

void main(process.argv.slice(2));
