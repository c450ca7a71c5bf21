import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Config } from '../config.ts';
import { allowedBy, bareHost, isPublicAddress } from './outbound-address.ts';

/** Why a request outside did not bring an answer. `address-refused` will not change by trying again; the others may. */
export type OutboundReason = 'address-refused' | 'timeout' | 'unreachable' | 'too-large';

export class OutboundError extends Error {
  override name = 'OutboundError';
  readonly reason: OutboundReason;
  constructor(reason: OutboundReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
  }
}

export interface OutboundRequest {
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | Buffer | undefined;
  /** From the first look-up to the last byte; 10 seconds unless said. */
  timeoutMs?: number | undefined;
  /** Largest answer; 1 MiB unless said. */
  maxBytes?: number | undefined;
  /** Ends it early; the reason is then `timeout`. */
  signal?: AbortSignal | undefined;
  /** A partner's own certificate authority, or a certificate of ours that it asks for (PEM). */
  tls?: { ca?: string; cert?: string; key?: string } | undefined;
}

/** Looks a name up; tests put their own in its place to play a hostile name server. */
export type Resolve = (host: string, done: (error: Error | null, found?: readonly LookupAddress[]) => void) => void;

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

type Outbound = Pick<Config, 'outboundAllow'>;
const agents = new WeakMap<Outbound, { http: HttpAgent; https: HttpsAgent }>();

function agentsOf(config: Outbound): { http: HttpAgent; https: HttpsAgent } {
  let own = agents.get(config);
  if (!own) {
    const options = { keepAlive: true, maxSockets: 64, maxFreeSockets: 8, scheduling: 'lifo' } as const;
    own = { http: new HttpAgent(options), https: new HttpsAgent(options) };
    agents.set(config, own);
  }
  return own;
}

const resolveBySystem: Resolve = (host, done) => resolveName(host, { all: true, order: 'verbatim' }, done);

/**
 * Says why the program may not call an address, or null: no scheme but http and https, no name and password in it, plain http
 * and addresses outside the public Internet only as the operator allowed (`SEN_OUTBOUND_ALLOW`). A name is judged again when it is looked up.
 */
export function outboundFault(config: Outbound, text: string | URL): string | null {
  if (typeof text === 'string' && !URL.canParse(text)) return 'is not an address';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://';
  if (url.username || url.password) return 'must not carry a name or a password';
  const host = bareHost(url.hostname);
  const allows = allowedBy(config.outboundAllow);
  const isName = isIP(host) === 0;
  if (allows(host, isName ? null : host)) return null;
  if (!isName && !isPublicAddress(host)) return 'lies outside the public Internet';
  if (isName && (host === 'localhost' || /\.(localhost|local|internal|home\.arpa)$/.test(host)))
    return config.outboundAllow.some((entry) => isIP(entry.split('/')[0] ?? '') > 0)
      ? null // a network is allowed: what the name resolves to decides
      : 'lies outside the public Internet';
  if (url.protocol === 'http:' && !config.outboundAllow.some((entry) => isIP(entry.split('/')[0] ?? '') > 0))
    return 'must start with https://';
  return null;
}

/**
 * The look-up of one request: every address of the name must be allowed, and the connection goes to what was checked. So a name
 * server that changes its answer between check and call (DNS rebinding) gains nothing.
 */
function guardedLookup(config: Outbound, url: URL, resolve: Resolve): LookupFunction {
  const allows = allowedBy(config.outboundAllow);
  const isRefused = (host: string, address: string): boolean =>
    !allows(bareHost(host), address) && (url.protocol === 'http:' || !isPublicAddress(address));
  return (host, options, done) => {
    resolve(host, (error, found = []) => {
      const [first] = found;
      if (error) done(error, '', 0);
      else if (!first || found.some(({ address }) => isRefused(host, address)))
        done(new OutboundError('address-refused', `${host} leads outside the public Internet`), '', 0);
      else if (options.all) done(null, [...found]);
      else done(null, first.address, first.family);
    });
  };
}

async function readAnswer(answer: IncomingMessage, url: URL, maxBytes: number): Promise<Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      answer.destroy();
      throw new OutboundError('too-large', `${url.host} answered with more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = answer.statusCode ?? 502;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers });
}

/**
 * The one way in which the program calls other systems: to public addresses only (or what the operator allowed), never following
 * a redirect, within a time and a size. The answer has been read to its end; its status is the caller's business.
 * @throws OutboundError with the reason
 */
export async function outbound(
  config: Outbound,
  address: string | URL,
  options: OutboundRequest = {},
  resolve: Resolve = resolveBySystem,
): Promise<Response> {
  const fault = outboundFault(config, address);
  if (fault !== null) throw new OutboundError('address-refused', `${String(address).slice(0, 200)} ${fault}`);
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const own = agentsOf(config);
  const settings: RequestOptions & { ca?: string; cert?: string; key?: string } = {
    method: options.method ?? 'GET',
    headers: {
      'user-agent': 'Sen',
      accept: '*/*',
      ...options.headers,
      ...(options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) }),
    },
    lookup: guardedLookup(config, url, resolve),
    signal,
    agent: options.tls ? false : isSecure ? own.https : own.http,
    ...options.tls,
  };
  try {
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      const request = (isSecure ? httpsRequest : httpRequest)(url, settings, done);
      request.once('error', fail);
      request.end(options.body);
    });
    return await readAnswer(answer, url, options.maxBytes ?? MAX_BYTES);
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    if (signal.aborted) throw new OutboundError('timeout', `${url.host} did not answer in time`, error);
    throw new OutboundError('unreachable', `${url.host} cannot be reached`, error);
  }
}
