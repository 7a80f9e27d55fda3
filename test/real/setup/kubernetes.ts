/**
 * kube-apiserver, kubectl, a controller and aws-iam-authenticator, built from the Go modules beside this folder, whose go.sum pins
 * every source; and etcd. `KUBEBUILDER_ASSETS`, the convention of envtest, names a folder that has them already.
 * https://book.kubebuilder.io/reference/envtest
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, keyOf } from './cache';
import { isExecutable, run, which } from './command';

export const KUBERNETES = '1.34.4';
export const AUTHENTICATOR = '0.6.13';

/** Either a program that is there, or what makes it. */
export type Program = string | Artifact;

const modules = join(__dirname, '..', 'kube');

/** The file of that name in the folder that `KUBEBUILDER_ASSETS` names. */
function asset(name: string): string | undefined {
  const folder = process.env['KUBEBUILDER_ASSETS'] ?? '';
  if (folder === '') return undefined;
  const file = join(folder, name);
  return isExecutable(file) ? file : undefined;
}

export function kubeApiserver(): Program {
  return (
    asset('kube-apiserver') ??
    goProgram('kube-apiserver', KUBERNETES, 'kubernetes', './kube-apiserver', '5 minutes')
  );
}

export function kubectl(): Program {
  return (
    asset('kubectl') ??
    which('kubectl') ??
    goProgram('kubectl', KUBERNETES, 'kubernetes', './kubectl', 'a minute')
  );
}

/** The controller that fills aggregated ClusterRoles, those of Kubernetes itself among them. */
export function roleAggregation(): Program {
  return goProgram('role-aggregation', KUBERNETES, 'kubernetes', './role-aggregation', 'a minute');
}

export function authenticator(): Program {
  const main = 'sigs.k8s.io/aws-iam-authenticator/cmd/aws-iam-authenticator';
  return goProgram('aws-iam-authenticator', AUTHENTICATOR, 'authenticator', main, '2 minutes');
}

/** The authenticator's own reading of aws-auth, for texts by the thousand. */
export function authenticatorReader(): Artifact {
  return goProgram('aws-iam-authenticator-reader', AUTHENTICATOR, 'authenticator', './reader', 'a minute');
}

export function etcd(): Program {
  const found = asset('etcd') ?? which('etcd');
  if (found !== undefined) return found;
  return {
    title: "etcd (Debian's etcd-server)",
    key: `etcd-${process.arch}`,
    file: 'usr/bin/etcd',
    takes: 'seconds',
    build: async (folder) => {
      if (!which('apt-get') || !which('dpkg-deb')) throw new Error(noEtcd);
      // Unpacked and not installed: that needs no rights, starts no service and leaves the machine as it was.
      const download = (): Promise<string> => run('apt-get', ['download', 'etcd-server'], { cwd: folder });
      try {
        await download().catch(async (error: unknown) => {
          if (process.getuid?.() !== 0) throw error;
          await run('apt-get', ['update']);
          await download();
        });
      } catch (error) {
        throw new Error(noEtcd, { cause: error });
      }
      const archive = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
      await run('dpkg-deb', ['--extract', archive, '.'], { cwd: folder });
    },
  };
}

const noEtcd =
  'etcd is missing: install it (apt-get update && apt-get install -y etcd-server), or point KUBEBUILDER_ASSETS at a folder with kube-apiserver and etcd';

function goProgram(name: string, version: string, module: string, main: string, takes: string): Artifact {
  const folder = join(modules, module);
  const inputs = ['go.mod', 'go.sum', ...(main.startsWith('.') ? [join(main, 'main.go')] : [])];
  return {
    title: `${name} ${version}`,
    key: `${keyOf(
      `${name}-${version}`,
      inputs.map((file) => join(folder, file)),
    )}-${process.arch}`,
    file: name,
    takes,
    build: async (target) => {
      if (!which('go')) {
        const elsewhere =
          module === 'kubernetes'
            ? ', or point KUBEBUILDER_ASSETS at a folder with kube-apiserver, etcd and kubectl'
            : '';
        throw new Error(
          `go (1.24 or newer) is missing, which builds ${name}: install it from go.dev/dl or with apt-get install -y golang${elsewhere}`,
        );
      }
      const [, minor = ''] = version.split('.');
      const stamp = `-X k8s.io/component-base/version.gitVersion=v${version} -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=${minor}`;
      const flags = module === 'kubernetes' ? `-s -w ${stamp}` : '-s -w';
      // Beside whatever else the machine does.
      const nice = which('nice') ? ['nice', '-n', '10'] : [];
      const [program = 'go', ...rest] = [
        ...nice,
        'go',
        'build',
        '-trimpath',
        `-ldflags=${flags}`,
        '-o',
        join(target, name),
        main,
      ];
      await run(program, rest, {
        cwd: folder,
        env: { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
      });
    },
  };
}
