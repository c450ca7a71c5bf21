import { outbound } from '../../platform/http/outbound.ts';

/* Requests to providers, through the program's one guarded client. */

const MAX_ANSWER = 64 * 1024;
/** Push services are chosen by browsers, so a stranger names the address: public ones over TLS only, whatever the operator allows elsewhere. */
const STRICT = { outboundAllow: [] };
const trusted = new Map<string, { outboundAllow: string[] }>();

/** The operator wrote a provider's address into the file of providers: that host may be called, inside the house too. */
function trustOf(address: string): { outboundAllow: string[] } {
  const host = new URL(address).hostname.replaceAll(/^\[|\]$/g, '');
  let trust = trusted.get(host);
  if (!trust) trusted.set(host, (trust = { outboundAllow: [host] }));
  return trust;
}

export interface OutboundAnswer {
  status: number;
  body: string;
}

/** Sends one request. @throws OutboundError when nobody answers in time, or the address may not be called */
export async function sendRequest(
  address: string,
  options: {
    method: 'GET' | 'POST';
    headers?: Record<string, string>;
    body?: string | Buffer;
    timeoutMs: number;
    trusted: boolean;
  },
): Promise<OutboundAnswer> {
  const { trusted: isTrusted, ...request } = options;
  const answer = await outbound(isTrusted ? trustOf(address) : STRICT, address, { ...request, maxBytes: MAX_ANSWER });
  return { status: answer.status, body: await answer.text() };
}
