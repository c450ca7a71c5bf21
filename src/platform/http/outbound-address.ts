import { BlockList, isIP, isIPv4 } from 'node:net';

/* Which addresses the Internet knows: the special-purpose registries of IANA (RFC 6890 and its successors), read the careful way. */

const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast, reserved, broadcast
] as const)
  special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['2001::', 23], // protocol assignments with Teredo, benchmarking, ORCHID
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 carries an IPv4 address
  ['3fff::', 20],
] as const)
  special.addSubnet(network, prefix, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** The host of a URL without the brackets of IPv6 and the dot at the end. */
export const bareHost = (hostname: string): string => hostname.replaceAll(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * Whether an IP address belongs to the public Internet. Everything else is not: loopback, private, link-local (with the clouds'
 * metadata), carrier-grade NAT, documentation, multicast, and every IPv6 form that wraps an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return !special.check(bare, 'ipv4');
  return isIP(bare) === 6 && unicast.check(bare, 'ipv6') && !special.check(bare, 'ipv6');
}

/** One entry of `SEN_OUTBOUND_ALLOW`: a host name, an address, or a network such as `10.20.0.0/16`. */
type Allowance = (host: string, address: string | null) => boolean;

function allowanceOf(entry: string): Allowance | null {
  const [network = '', prefix] = entry.split('/');
  const kind = isIP(network);
  if (kind === 0) return prefix === undefined && network ? (host) => host === network.toLowerCase() : null;
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  const bits = prefix === undefined ? (kind === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (kind === 4 ? 32 : 128)) return null;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return (_host, address) =>
    address !== null && isIP(address) === kind && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** Whether an entry of the setting can be read. */
export const isAllowance = (entry: string): boolean => allowanceOf(entry) !== null;

/** Says of a host and an address it resolves to (null before it is looked up) whether the operator allowed them. */
export function allowedBy(entries: readonly string[]): Allowance {
  const allowances = entries.flatMap((entry) => allowanceOf(entry) ?? []);
  return (host, address) => allowances.some((allows) => allows(host, address));
}
