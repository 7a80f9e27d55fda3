/** `Fn::Cidr`, for IPv4 and IPv6. Pure. */

/** `count` blocks of `hostBits` host bits from the start of `block`, or undefined. */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] | undefined {
  const [address = '', length = ''] = block.split('/');
  const isSix = address.includes(':');
  const bits = isSix ? 128 : 32;
  const start = isSix ? sixToNumber(address) : fourToNumber(address);
  const prefix = Number(length);
  if (start === undefined || length === '' || !(prefix >= 0 && prefix <= bits)) return undefined;
  if (!(count >= 1 && count <= 256) || !(hostBits >= 1 && hostBits <= bits)) return undefined;
  const size = 1n << BigInt(hostBits);
  if (BigInt(count) * size > 1n << BigInt(bits - prefix)) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const first = start + BigInt(index) * size;
    return `${isSix ? numberToSix(first) : numberToFour(first)}/${bits - hostBits}`;
  });
}

function fourToNumber(address: string): bigint | undefined {
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) return undefined;
  return octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
}

function numberToFour(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) % 256n)).join('.');
}

function sixToNumber(address: string): bigint | undefined {
  const [left = [], right] = address
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = right === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...(right ?? [])];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** With the longest run of zeros left out (RFC 5952), as URLs have it. */
function numberToSix(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(16 * (7 - index))) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
