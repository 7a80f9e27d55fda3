/** SHA-256 over node:crypto, in the shape that `@smithy/signature-v4` asks for; saves the JavaScript one's bytes. */
import { createHash, createHmac } from 'node:crypto';
import { type SourceData } from '@smithy/types';

export class Sha256 {
  private readonly hash;

  constructor(secret?: SourceData) {
    this.hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac(
            'sha256',
            typeof secret === 'string' || ArrayBuffer.isView(secret)
              ? asBytes(secret)
              : new Uint8Array(secret),
          );
  }

  update(data: Uint8Array | string): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    throw new Error('a digest is used once');
  }
}

function asBytes(secret: string | ArrayBufferView): string | Uint8Array {
  return typeof secret === 'string'
    ? secret
    : new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength);
}
