/** The rig's own certificate authority: every part of it that speaks TLS shows a certificate of it. */
import { generate, type SelfsignedOptions } from 'selfsigned';

export interface KeyPair {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  /** PEM. */
  readonly cert: string;
  /** For `127.0.0.1`, `localhost` and the further host names. */
  server(...hosts: readonly string[]): Promise<KeyPair>;
  /** As a Kubernetes client certificate: the common name is the user, the organisation its group. */
  client(user: string, group: string): Promise<KeyPair>;
}

const lasting: SelfsignedOptions = {
  keyType: 'ec',
  curve: 'P-256',
  algorithm: 'sha256',
  notBeforeDate: new Date('2020-01-01T00:00:00Z'),
  notAfterDate: new Date('2049-01-01T00:00:00Z'),
};

export async function createAuthority(commonName: string): Promise<Authority> {
  const own = await generate([{ name: 'commonName', value: commonName }], {
    ...lasting,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  const issue = async (
    subject: Parameters<typeof generate>[0],
    extensions: SelfsignedOptions['extensions'],
  ): Promise<KeyPair> => {
    const ca = { key: own.private, cert: own.cert };
    const { private: key, cert } = await generate(subject, {
      ...lasting,
      ca,
      ...(extensions ? { extensions } : {}),
    });
    return { key, cert };
  };
  return {
    cert: own.cert,
    server: (...hosts) =>
      issue(
        [{ name: 'commonName', value: hosts[0] ?? '127.0.0.1' }],
        [
          { name: 'extKeyUsage', serverAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 7, ip: '127.0.0.1' },
              ...['localhost', ...hosts].map((value) => ({ type: 2 as const, value })),
            ],
          },
        ],
      ),
    client: (user, group) =>
      issue(
        [
          { name: 'commonName', value: user },
          { name: 'organizationName', value: group },
        ],
        [{ name: 'extKeyUsage', clientAuth: true }],
      ),
  };
}
