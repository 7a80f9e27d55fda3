/** Throw-away certificates for TLS on loopback: an authority of one's own and a server certificate under it. */
import { type SelfsignedOptions } from 'selfsigned';

export interface ServerCertificate {
  /** PEM of the authority, what DescribeCluster hands out in base64. */
  readonly authority: string;
  /** PEM. */
  readonly key: string;
  /** PEM of the server, for `127.0.0.1`, `localhost` and `::1`. */
  readonly cert: string;
}

/** Elliptic keys, because an RSA pair costs a hundred times the time. */
const lasting: SelfsignedOptions = {
  keyType: 'ec',
  curve: 'P-256',
  algorithm: 'sha256',
  notBeforeDate: new Date('2020-01-01T00:00:00Z'),
  notAfterDate: new Date('2049-01-01T00:00:00Z'),
};

/** Makes a new authority with `commonName` and one server certificate signed by it. */
export async function createServerCertificate(commonName: string): Promise<ServerCertificate> {
  // Loaded where one is made: it takes a third of a second.
  const { generate } = await import('selfsigned');
  const authority = await generate([{ name: 'commonName', value: commonName }], {
    ...lasting,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...lasting,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { authority: authority.cert, key: server.private, cert: server.cert };
}
