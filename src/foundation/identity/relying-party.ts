import inject from 'light-my-request';
import * as client from 'openid-client';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import type { AssuranceLevel } from '../../platform/assurance.ts';
import type { ClientId } from './account.ts';
import { levelOfAcr } from './assurance.ts';
import { clientSecretOf, issuerOf, serveProvider } from './oidc-provider.ts';
import { seal, unseal } from '../../platform/seal.ts';

/** What the browser carries between leaving for the provider and coming back, sealed in a cookie. */
interface Flow {
  client: ClientId;
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  startedAt: number;
}

export const FLOW_COOKIE = 'sen_flow';
const FLOW_SECONDS = 3_600;
const PURPOSE = 'sign-in-flow';

/**
 * Back-channel calls (discovery, token, keys) are handed to the provider inside this process: no address of our own has to
 * be reachable from here, and no proxy stands between.
 */
function inProcess(context: AppContext): client.CustomFetch {
  const dispatch = serveProvider(context);
  return async (url, options) => {
    const { pathname, search } = new URL(url);
    const answer = await inject((request, response) => dispatch(request as never, response as never), {
      method: options.method as 'GET' | 'POST',
      url: pathname + search,
      headers: options.headers,
      ...(options.body
        ? { payload: options.body instanceof URLSearchParams ? options.body.toString() : (options.body as string) }
        : {}),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) headers.set(name, String(value));
    return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers });
  };
}

const configurations = new WeakMap<AppContext, Map<ClientId, Promise<client.Configuration>>>();

function configurationOf(context: AppContext, clientId: ClientId): Promise<client.Configuration> {
  const known = configurations.get(context) ?? new Map<ClientId, Promise<client.Configuration>>();
  configurations.set(context, known);
  let made = known.get(clientId);
  if (!made) {
    const secret = clientSecretOf(context, clientId);
    made = client.discovery(
      new URL(issuerOf(context)),
      clientId,
      { id_token_signed_response_alg: 'ES256' },
      client.ClientSecretBasic(secret),
      {
        [client.customFetch]: inProcess(context),
        // Plain http is only ever an address on this machine (demo, tests): readConfig refuses it in production.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuerOf(context).startsWith('https:') ? [] : [client.allowInsecureRequests]),
        ],
      },
    );
    made.catch(() => known.delete(clientId));
    known.set(clientId, made);
  }
  return made;
}

/** Starts the authorization code flow. Returns where to send the browser and the cookie that has to come back with it. */
export async function beginSignIn(
  context: AppContext,
  options: { client: ClientId; returnTo: string; locale: 'vi' | 'en' },
): Promise<{ location: string; cookie: string; maxAgeSeconds: number }> {
  const configuration = await configurationOf(context, options.client);
  const flow: Flow = {
    client: options.client,
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    returnTo: options.returnTo,
    startedAt: Math.floor(Date.now() / 1000),
  };
  const { href } = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${context.config.publicUrl}${paths.signInCallback()}`,
    scope: 'openid profile',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: 'S256',
    ui_locales: options.locale,
  });
  const { origin } = new URL(context.config.publicUrl);
  return {
    location: href.startsWith(`${origin}/`) ? href.slice(origin.length) : href,
    cookie: seal(context.config.secret, PURPOSE, JSON.stringify(flow)).toString('base64url'),
    maxAgeSeconds: FLOW_SECONDS,
  };
}

/** Reads the flow's cookie; null when it is missing, changed or older than an hour. */
export function readFlow(context: AppContext, cookie: string | undefined): Flow | null {
  if (!cookie || cookie.length > 3_000) return null;
  const text = unseal(context.config.secret, PURPOSE, Buffer.from(cookie, 'base64url'));
  if (text === null) return null;
  const flow = JSON.parse(text) as Flow;
  return Date.now() / 1000 - flow.startedAt < FLOW_SECONDS ? flow : null;
}

export interface SignedOn {
  accountId: string;
  ssoSessionId: string | null;
  level: AssuranceLevel;
  methods: string[];
  /** When the password was given; older than this flow when single sign-on answered without asking. */
  authenticatedAt: Date;
}

/**
 * Exchanges the code of a callback and checks everything the protocol asks for (state, nonce, PKCE, issuer, audience, signature).
 * Null when any of it fails: used twice, forged, too late.
 */
export async function completeSignIn(context: AppContext, flow: Flow, callbackQuery: string): Promise<SignedOn | null> {
  const configuration = await configurationOf(context, flow.client);
  const url = new URL(`${context.config.publicUrl}${paths.signInCallback()}${callbackQuery}`);
  try {
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: flow.verifier,
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return null;
    return {
      accountId: claims.sub,
      ssoSessionId: typeof claims['sso'] === 'string' ? claims['sso'] : null,
      level: levelOfAcr(claims['acr']) ?? 1,
      methods: Array.isArray(claims['amr']) ? claims['amr'].filter((one) => typeof one === 'string').slice(0, 10) : [],
      authenticatedAt: new Date((claims.auth_time ?? claims.iat) * 1000),
    };
  } catch (error) {
    context.log.info({ err: error }, 'a sign-in callback was refused');
    return null;
  }
}

/** A return address of our own, or the fallback: never another site, never an address a browser reads as one. */
export function safeReturnAddress(text: string | null | undefined, fallback: string): string {
  if (!text || text.length > 2_000 || !/^\/(?![/\\])/.test(text)) return fallback;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\\]/.test(text) || !URL.canParse(text, 'http://sen.invalid')) return fallback;
  const url = new URL(text, 'http://sen.invalid');
  if (url.host !== 'sen.invalid' || url.pathname.startsWith('//')) return fallback;
  if (/^(\/en)?\/(dang-nhap|dang-xuat|oidc|mo-khoa|xac-minh-lai)(\/|$)/.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}
