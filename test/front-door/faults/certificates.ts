/** Server certificates that no client may take, and one that it may, all by one authority or by another one. */
import { generate, type SelfsignedOptions } from 'selfsigned';

export interface KeyPair {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** PEM of the authority that clients trust. */
  readonly authority: string;
  readonly good: KeyPair;
  readonly expired: KeyPair;
  readonly otherHost: KeyPair;
  readonly otherAuthority: KeyPair;
}

const years = (from: number, to: number): SelfsignedOptions => ({
  keyType: 'ec',
  curve: 'P-256',
  algorithm: 'sha256',
  notBeforeDate: new Date(`${from}-01-01T00:00:00Z`),
  notAfterDate: new Date(`${to}-01-01T00:00:00Z`),
});

export async function createCertificates(): Promise<Certificates> {
  const [own, other] = await Promise.all([authorityNamed('own'), authorityNamed('other')]);
  const loopback = { type: 7 as const, ip: '127.0.0.1' };
  const elsewhere = { type: 2 as const, value: 'elsewhere.example.com' };
  const [good, expired, otherHost, otherAuthority] = await Promise.all([
    issue(own, loopback, 2049),
    issue(own, loopback, 2021),
    issue(own, elsewhere, 2049),
    issue(other, loopback, 2049),
  ]);
  return { authority: own.cert, good, expired, otherHost, otherAuthority };
}

async function authorityNamed(value: string): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value }], {
    ...years(2020, 2049),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return { key, cert };
}

async function issue(
  ca: KeyPair,
  altName: { readonly type: 7; readonly ip: string } | { readonly type: 2; readonly value: string },
  until: number,
): Promise<KeyPair> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'server' }], {
    ...years(2020, until),
    ca,
    extensions: [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [altName] },
    ],
  });
  return { key, cert };
}
