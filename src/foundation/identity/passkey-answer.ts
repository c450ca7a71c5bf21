import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Longer answers are no passkey's: attestation is not asked for. */
const MAX_ANSWER = 12_000;
const BASE64URL = /^[A-Za-z0-9_-]{1,8000}$/;

/**
 * Reads what a browser wrote into the form for a passkey: the JSON of WebAuthn 3, 5.1. Null for anything else; what is inside is proven
 * by the signature, not here.
 */
export function readPasskeyAnswer(text: string | null, part: 'attestationObject'): RegistrationResponseJSON | null;
export function readPasskeyAnswer(text: string | null, part: 'signature'): AuthenticationResponseJSON | null;
export function readPasskeyAnswer(text: string | null, part: 'attestationObject' | 'signature'): object | null {
  if (!text || text.length > MAX_ANSWER) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { id, rawId, type, response } = value as Record<string, unknown>;
  if (typeof id !== 'string' || !BASE64URL.test(id) || id.length > 1_400 || rawId !== id || type !== 'public-key')
    return null;
  if (typeof response !== 'object' || response === null) return null;
  const given = response as Record<string, unknown>;
  const binary = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const parts: Record<string, unknown> = {};
  for (const name of binary) {
    const bytes = given[name];
    if (bytes === undefined) continue;
    if (typeof bytes !== 'string' || !BASE64URL.test(bytes)) return null;
    parts[name] = bytes;
  }
  if (parts[part] === undefined || parts['clientDataJSON'] === undefined) return null;
  if (part === 'signature' && parts['authenticatorData'] === undefined) return null;
  const transports = given['transports'];
  if (Array.isArray(transports))
    parts['transports'] = transports.filter((one) => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one)).slice(0, 8);
  return { id, rawId, type, clientExtensionResults: {}, response: parts };
}
