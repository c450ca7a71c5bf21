import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** Names for ranges that proxies are often in, as Fastify knows them. */
const RANGES: Record<string, readonly string[]> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Reads where a request comes from. Of `X-Forwarded-For` only what trusted proxies wrote is believed: from the connection backwards,
 * the first address that is no trusted proxy's. What stands before it was claimed by a stranger.
 */
export function clientAddressOf(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const entry of trustedProxies.flatMap((name) => RANGES[name] ?? [name.trim()])) {
    const [network = '', prefix] = entry.split('/');
    const kind = isIP(network);
    if (kind !== 0) trusted.addSubnet(network, Number(prefix ?? (kind === 4 ? 32 : 128)), kind === 4 ? 'ipv4' : 'ipv6');
  }
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '');
    if (trustedProxies.length === 0) return address;
    const told = String(request.headers['x-forwarded-for'] ?? '').split(',');
    while (isTrusted(address)) {
      const before = plain(told.pop() ?? '');
      if (before === '') break;
      address = before;
    }
    return address;
  };
}
