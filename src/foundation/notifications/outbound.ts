import { lookup as lookUpAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/* Requests to partners over HTTP: a time limit, a size limit, no redirects, and no private addresses where the address came from outside. */

const MAX_ANSWER = 64 * 1024;

const hidden = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  hidden.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  hidden.addSubnet(net, bits, 'ipv6');

/** Whether an address belongs to a machine or network of our own, which no stranger may send us to. */
export const isPrivateAddress = (address: string): boolean => {
  const family = isIP(address);
  return family === 0 || hidden.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

const guarded: LookupFunction = (host, options, done) => {
  lookUpAddress(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    if (bad || addresses.length === 0) return done(new Error(`${host} is a private address`), '', 0);
    if (options.all) return done(null, addresses);
    const first = addresses[0] ?? { address: '', family: 4 };
    done(null, first.address, first.family);
  });
};

export interface OutboundAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * Sends one request. `trusted`: the operator wrote the address, so that it may be inside the house; otherwise only public addresses, over TLS.
 * @throws Error when nobody answers in time, or the address may not be asked
 */
export function sendRequest(
  address: string,
  options: {
    method: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string | Buffer;
    timeoutMs: number;
    trusted: boolean;
  },
): Promise<OutboundAnswer> {
  const url = new URL(address);
  if (
    !options.trusted &&
    (url.protocol !== 'https:' ||
      (isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0 && isPrivateAddress(url.hostname.replaceAll(/[[\]]/g, ''))))
  )
    return Promise.reject(new Error(`${url.host} may not be asked`));
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: options.method,
        headers: {
          ...options.headers,
          ...(options.body === undefined ? {} : { 'content-length': Buffer.byteLength(options.body) }),
        },
        signal: AbortSignal.timeout(options.timeoutMs),
        ...(options.trusted ? {} : { lookup: guarded }),
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          body += piece;
          if (body.length > MAX_ANSWER) asked.destroy(new Error('the answer is too long'));
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(options.body);
  });
}
