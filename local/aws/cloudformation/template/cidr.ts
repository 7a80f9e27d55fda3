/** `Fn::Cidr` for IPv4: `count` blocks of `hostBits` host bits from the start of `block`, or undefined. */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some((octet) => octet > 255) || prefix > 32 || count < 1 || count > 256) return undefined;
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - prefix)) return undefined;
  const start = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return Array.from({ length: count }, (_, index) => {
    const address = start + index * size;
    const dotted = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
    return `${dotted}/${32 - hostBits}`;
  });
}
