/**
 * A kubeconfig for the local cluster. The token is made anew at each call by `token-command.ts`, as `aws eks get-token`
 * does, because it lives for 15 minutes only (GT-44).
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dump } from 'js-yaml';
import { type LocalCluster } from '../aws/control-plane';

/** What lets Node.js run TypeScript, by its place. */
const loader = pathToFileURL(require.resolve('tsx')).href;

export interface CallerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function kubeconfigOf(cluster: LocalCluster, credentials: CallerCredentials, region: string): string {
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster.name,
        cluster: {
          server: cluster.endpoint,
          'certificate-authority-data': Buffer.from(cluster.certificateAuthority).toString('base64'),
        },
      },
    ],
    users: [
      {
        name: 'caller',
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: process.execPath,
            // kubectl runs it in whatever folder it is in itself.
            args: ['--import', loader, join(__dirname, 'token-command.ts'), cluster.name, region],
            env: [
              { name: 'AWS_ACCESS_KEY_ID', value: credentials.accessKeyId },
              { name: 'AWS_SECRET_ACCESS_KEY', value: credentials.secretAccessKey },
              { name: 'AWS_SESSION_TOKEN', value: credentials.sessionToken },
            ],
            interactiveMode: 'Never',
          },
        },
      },
    ],
    contexts: [{ name: cluster.name, context: { cluster: cluster.name, user: 'caller' } }],
    'current-context': cluster.name,
  });
}
