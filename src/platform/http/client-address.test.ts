import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddressOf } from './client-address.ts';

const from = (remoteAddress: string, told?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: told === undefined ? {} : { 'x-forwarded-for': told } }) as never;

test.each([
  ['nobody is trusted: the connection counts', [], '203.0.113.9', '1.2.3.4', '203.0.113.9'],
  ['a stranger claims to be a proxy', ['10.0.0.1'], '203.0.113.9', '1.2.3.4', '203.0.113.9'],
  ['one proxy that sets the header', ['10.0.0.1'], '10.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['one proxy that appends to what a stranger wrote', ['10.0.0.1'], '10.0.0.1', 'forged, 198.51.100.7', '198.51.100.7'],
  ['two proxies', ['10.0.0.0/8'], '10.0.0.1', 'forged, 198.51.100.7, 10.0.0.2', '198.51.100.7'],
  ['a range by its name', ['loopback'], '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['a proxy that says nothing', ['10.0.0.1'], '10.0.0.1', undefined, '10.0.0.1'],
  ['IPv6', ['2001:db8::/32'], '2001:db8::1', '2405:4800::9', '2405:4800::9'],
] as const)('%s', (_name, proxies, remote, told, expected) => {
  expect(clientAddressOf(proxies)(from(remote, told))).toBe(expected);
});
