import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { chances, isMood, moods, type Mood } from './moods.ts';
import { choicePage, controlPage, messagePage } from './pages.ts';
import { people, type StandInPerson } from './people.ts';

export interface StandInOptions {
  port: number;
  host?: string;
  clientId?: string;
  clientSecret?: string;
  /** Public key of a client that proves itself by `private_key_jwt`. */
  clientKey?: JsonWebKey;
  /** Where people may be sent back to; anywhere on this machine when absent. */
  redirectUris?: readonly string[];
  mood?: Mood;
  seed?: number;
  /** Further people to choose from. */
  people?: readonly StandInPerson[];
}

export interface StandIn {
  issuer: string;
  setMood(mood: Mood, seed?: number): void;
  /** Addresses at which people's sessions ended here, in order. */
  ended: string[];
  stop(): Promise<void>;
}

interface Grant {
  person: StandInPerson;
  redirectUri: string;
  nonce: string | null;
  challenge: string;
}

const DAY = 86_400;
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);
const isLocal = (uri: string): boolean => URL.canParse(uri) && /^(localhost|127\.0\.0\.1)$/.test(new URL(uri).hostname);

/** Stands for the national identity provider: OpenID Connect over real HTTP, with moods and people to choose from. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const kid = randomBytes(6).toString('hex');
  const clientId = options.clientId ?? 'sen';
  const clientSecret = options.clientSecret ?? 'sandbox-secret';
  const everybody = [...people, ...(options.people ?? [])];
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, StandInPerson>();
  const seen = new Set<string>();
  const ended: string[] = [];
  let mood: Mood = options.mood ?? 'well';
  let chance = chances(options.seed ?? 1);
  let issuer = '';

  const mayReturn = (uri: string): boolean => options.redirectUris?.includes(uri) ?? isLocal(uri);

  function idToken(grant: Grant): string {
    const at = mood === 'expired' ? now() - DAY : now();
    const claims = {
      iss: mood === 'wrong-issuer' ? 'https://somebody-else.example.vn' : issuer,
      aud: mood === 'wrong-audience' ? 'somebody-else' : clientId,
      sub: grant.person.claims['sub'],
      iat: at,
      exp: at + 600,
      auth_time: at,
      nonce: mood === 'wrong-nonce' ? 'another' : (grant.nonce ?? undefined),
    };
    if (mood === 'unsigned') return `${base64({ alg: 'none', typ: 'JWT' })}.${base64(claims)}.`;
    const body = `${base64({ alg: 'RS256', typ: 'JWT', kid })}.${base64(claims)}`;
    const key: KeyObject = mood === 'wrong-signature' ? other : privateKey;
    return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`;
  }

  function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme === 'Basic') {
      const [id = '', secret = ''] = Buffer.from(value, 'base64').toString().split(':').map(decodeURIComponent);
      return id === clientId && secret === clientSecret && !options.clientKey;
    }
    const assertion = form.get('client_assertion') ?? '';
    if (!assertion || !options.clientKey)
      return !options.clientKey && form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    const [head = '', body = '', signature = ''] = assertion.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const key = createPublicKey({ key: options.clientKey as never, format: 'jwk' });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const audience = [claims['aud']].flat();
    const isRight =
      isSigned &&
      claims['iss'] === clientId &&
      claims['sub'] === clientId &&
      audience.some((one) => one === issuer || one === `${issuer}/token`) &&
      Number(claims['exp']) > now() &&
      !seen.has(claims['jti'] as string);
    seen.add(claims['jti'] as string);
    return isRight;
  }

  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  };
  const html = (response: ServerResponse, status: number, body: string): void => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body);
  };
  const away = (response: ServerResponse, uri: string, values: Record<string, string>): void => {
    const url = new URL(uri);
    for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
    response.writeHead(303, { location: url.href });
    response.end();
  };

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const uri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== clientId || !mayReturn(uri))
      return html(response, 400, messagePage('Ứng dụng hoặc địa chỉ quay lại không được đăng ký.'));
    const isWhole = query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256';
    if (!isWhole || !query.get('code_challenge') || !(query.get('scope') ?? '').split(' ').includes('openid'))
      return away(response, uri, { error: 'invalid_request', state: query.get('state') ?? '' });
    html(response, 200, choicePage(everybody, query.toString()));
  }

  function choose(form: URLSearchParams, response: ServerResponse): void {
    const query = new URLSearchParams(form.get('request') ?? '');
    const uri = query.get('redirect_uri') ?? '';
    if (!mayReturn(uri)) return html(response, 400, messagePage('Địa chỉ quay lại không được đăng ký.'));
    const state = query.get('state') ?? '';
    const person = everybody.find(({ key }) => key === form.get('person'));
    if (!person || (mood === 'refusals' && chance() < 0.05))
      return away(response, uri, { error: 'access_denied', state, iss: issuer });
    const code = randomBytes(24).toString('base64url');
    grants.set(code, {
      person,
      redirectUri: uri,
      nonce: query.get('nonce'),
      challenge: query.get('code_challenge') ?? '',
    });
    away(response, uri, { code, state, iss: issuer });
  }

  function token(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    if (!isClient(request, form)) return json(response, 401, { error: 'invalid_client' });
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.redirectUri !== form.get('redirect_uri') || grant.challenge !== challenge)
      return json(response, 400, { error: 'invalid_grant' });
    const accessToken = randomBytes(24).toString('base64url');
    tokens.set(accessToken, grant.person);
    json(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'openid',
      id_token: idToken(grant),
    });
  }

  function userInfo(request: IncomingMessage, response: ServerResponse): void {
    const person = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (!person) return json(response, 401, { error: 'invalid_token' });
    json(response, 200, mood === 'other-subject' ? { ...person.claims, sub: 'somebody-else' } : person.claims);
  }

  function logout(query: URLSearchParams, response: ServerResponse): void {
    const uri = query.get('post_logout_redirect_uri') ?? '';
    ended.push(uri);
    if (isLocal(uri)) return away(response, uri, {});
    html(response, 200, messagePage('Bạn đã đăng xuất.'));
  }

  function control(form: URLSearchParams, response: ServerResponse): void {
    const wanted = form.get('mood') ?? '';
    if (isMood(wanted)) mood = wanted;
    if (form.get('seed')) chance = chances(Number(form.get('seed')));
    html(response, 200, controlPage(moods, mood));
  }

  const document = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid'],
    authorization_response_iss_parameter_supported: true,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const form = await formOf(request);
    if (url.pathname === '/control') return control(form, response);
    if (mood === 'down') return json(response, 503, { error: 'temporarily_unavailable' });
    if (mood === 'slow' && url.pathname !== '/authorize') await sleep(12_000);
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return json(response, 200, document());
      case 'GET /jwks':
        return json(response, 200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
        });
      case 'GET /authorize':
        return authorize(url.searchParams, response);
      case 'POST /authorize':
        return choose(form, response);
      case 'POST /token':
        return token(request, form, response);
      case 'GET /userinfo':
        return userInfo(request, response);
      case 'GET /logout':
        return logout(url.searchParams, response);
      default:
        return html(response, 404, messagePage('Không có trang này.'));
    }
  }

  const server: Server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) json(response, 400, { error: 'invalid_request' });
    });
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(options.port, host, done);
  });
  issuer = `http://${host}:${(server.address() as { port: number }).port}`;
  return {
    issuer,
    ended,
    setMood(next, seed) {
      mood = next;
      if (seed !== undefined) chance = chances(seed);
    },
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString();
    if (body.length > 65_536) throw new Error('too large');
  }
  return new URLSearchParams(body);
}
