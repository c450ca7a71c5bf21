import { readFileSync } from 'node:fs';
import * as client from 'openid-client';
import type { NationalSettings } from '../../platform/config.ts';
import { outbound } from '../../platform/http/outbound.ts';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { readNationalClaims, type NationalPerson } from './oidc-national-claims.ts';
import { seal, unseal } from '../../platform/seal.ts';

/** What the browser carries while the person is at the national provider, sealed in a cookie. */
interface NationalFlow {
  uid: string;
  locale: 'vi' | 'en';
  state: string;
  nonce: string;
  verifier: string;
  startedAt: number;
}

export const NATIONAL_FLOW_COOKIE = 'sen_national';
/** Holds the provider's ID token, so that signing out here can end the session there as well. */
export const NATIONAL_END_COOKIE = 'sen_national_end';
const FLOW_SECONDS = 1_800;
const REFRESH_MS = 3_600_000;
const FLOW = 'national-flow';
const END = 'national-end';

const kept = new WeakMap<AppContext, { at: number; made: Promise<client.Configuration> }>();

/** All calls to the provider go through the guarded client, with little patience: a person is waiting. */
const guarded =
  (context: AppContext): client.CustomFetch =>
  (url, options) =>
    outbound(context.config, url, {
      method: options.method,
      headers: options.headers,
      body: options.body instanceof URLSearchParams ? options.body.toString() : undefined,
      timeoutMs: 8_000,
      signal: options.signal,
    });

async function authenticationOf(national: NationalSettings): Promise<client.ClientAuth> {
  if (national.keyFile === null) return client.ClientSecretBasic(national.secret ?? '');
  const jwk = JSON.parse(readFileSync(national.keyFile, 'utf8')) as JsonWebKey & { kid?: string };
  const algorithm =
    jwk.kty === 'EC' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  return client.PrivateKeyJwt(jwk.kid ? { key, kid: jwk.kid } : key);
}

async function configure(context: AppContext, national: NationalSettings): Promise<client.Configuration> {
  const authentication = await authenticationOf(national);
  const isPlain = national.issuer.startsWith('http:'); // only a stand-in: `readConfig` refuses it in production
  let configuration: client.Configuration;
  if (national.metadataFile === null) {
    configuration = await client.discovery(new URL(national.issuer), national.clientId, {}, authentication, {
      [client.customFetch]: guarded(context),
      execute: isPlain ? [client.allowInsecureRequests] : [],
    });
  } else {
    const metadata = JSON.parse(readFileSync(national.metadataFile, 'utf8')) as client.ServerMetadata;
    configuration = new client.Configuration(metadata, national.clientId, {}, authentication);
    configuration[client.customFetch] = guarded(context);
    if (isPlain) client.allowInsecureRequests(configuration);
  }
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** The provider's configuration: read again every hour, and at once after a failure. */
function configurationOf(context: AppContext, national: NationalSettings): Promise<client.Configuration> {
  const known = kept.get(context);
  if (known && Date.now() - known.at < REFRESH_MS) return known.made;
  const made = configure(context, national);
  made.catch(() => kept.delete(context));
  kept.set(context, { at: Date.now(), made });
  return made;
}

const callback = (context: AppContext): string => `${context.config.publicUrl}${paths.signInNationalCallback()}`;

export interface NationalStart {
  location: string;
  cookie: string;
  maxAgeSeconds: number;
}

/** Starts signing in at the national provider. Null when it cannot be reached now. */
export async function beginNational(
  context: AppContext,
  national: NationalSettings,
  step: { uid: string; locale: 'vi' | 'en' },
): Promise<NationalStart | null> {
  try {
    const configuration = await configurationOf(context, national);
    const flow: NationalFlow = {
      ...step,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      startedAt: Math.floor(Date.now() / 1000),
    };
    const { href } = client.buildAuthorizationUrl(configuration, {
      redirect_uri: callback(context),
      scope: 'openid',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
      ...(national.acrValues ? { acr_values: national.acrValues } : {}),
    });
    return {
      location: href,
      cookie: seal(context.config.secret, FLOW, JSON.stringify(flow)).toString('base64url'),
      maxAgeSeconds: FLOW_SECONDS,
    };
  } catch (error) {
    context.log.warn({ err: error }, 'the national identity provider cannot be reached');
    return null;
  }
}

/** Reads the flow's cookie; null when it is missing, changed or too old. */
export function readNationalFlow(context: AppContext, cookie: string | undefined): NationalFlow | null {
  if (!cookie || cookie.length > 3_000) return null;
  const text = unseal(context.config.secret, FLOW, Buffer.from(cookie, 'base64url'));
  if (text === null) return null;
  const flow = JSON.parse(text) as NationalFlow;
  return Date.now() / 1000 - flow.startedAt < FLOW_SECONDS ? flow : null;
}

export type NationalAnswer =
  | { kind: 'person'; person: NationalPerson; endCookie: string }
  /** `refused`: the person or the provider said no. `unreachable`: no answer in time. `invalid`: what came is not to be trusted. */
  | { kind: 'refused' | 'unreachable' | 'invalid' };

const isOutage = (error: unknown): boolean => {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause.name === 'OutboundError' || cause.name === 'TimeoutError') return true;
  return error instanceof client.ResponseBodyError ? error.status >= 500 : false;
};

/**
 * Exchanges the code and checks what the protocol asks for: state, PKCE, issuer, audience, time, nonce, signature; then reads the
 * person from the ID token and the user-info endpoint, whose subject must agree.
 */
export async function completeNational(
  context: AppContext,
  national: NationalSettings,
  flow: NationalFlow,
  query: string,
): Promise<NationalAnswer> {
  try {
    const configuration = await configurationOf(context, national);
    const tokens = await client.authorizationCodeGrant(configuration, new URL(`${callback(context)}${query}`), {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return { kind: 'invalid' };
    const more = configuration.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : {};
    const endCookie = seal(context.config.secret, END, tokens.id_token ?? '').toString('base64url');
    return { kind: 'person', person: readNationalClaims({ ...claims, ...more }), endCookie };
  } catch (error) {
    context.log.warn({ err: error }, 'a sign-in at the national identity provider failed');
    if (error instanceof client.AuthorizationResponseError)
      return { kind: error.error === 'temporarily_unavailable' ? 'unreachable' : 'refused' };
    return { kind: isOutage(error) ? 'unreachable' : 'invalid' };
  }
}

/** Where the browser ends its session at the national provider; null when there is none, or the provider has no such address. */
export async function endNational(context: AppContext, cookie: string | undefined): Promise<string | null> {
  const { national } = context.config;
  if (!national || !cookie || cookie.length > 4_000) return null;
  const idToken = unseal(context.config.secret, END, Buffer.from(cookie, 'base64url'));
  if (idToken === null) return null;
  try {
    const configuration = await configurationOf(context, national);
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${context.config.publicUrl}/`,
    }).href;
  } catch {
    return null;
  }
}
