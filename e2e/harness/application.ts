import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import * as client from 'openid-client';
import { afterAll } from 'vitest';

/** An application of an agency, as small as one can be: it greets whoever is signed in, and ends sessions when it is told to. */
export interface Application {
  url: string;
  connect(clientId: string, secret: string): Promise<void>;
}
export async function startApplication(issuer: string): Promise<Application> {
  let configuration: client.Configuration | null = null;
  const flows = new Map<string, { verifier: string; nonce: string }>();
  const sessions = new Map<string, { name: string; sid: unknown }>();
  let url = '';
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? '/', url);
    if (at.pathname === '/favicon.ico') return void response.writeHead(404).end();
    if (at.pathname === '/logout') {
      let body = '';
      for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
      const token = new URLSearchParams(body).get('logout_token') ?? '';
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: unknown };
      for (const [id, session] of sessions) if (session.sid === claims.sid) sessions.delete(id);
      return void response.writeHead(200).end();
    }
    if (at.pathname === '/callback') {
      const flow = flows.get(at.searchParams.get('state') ?? '')!;
      const tokens = await client.authorizationCodeGrant(configuration!, at, {
        pkceCodeVerifier: flow.verifier,
        expectedNonce: flow.nonce,
        expectedState: at.searchParams.get('state') ?? '',
      });
      const claims = tokens.claims()!;
      const more = await client.fetchUserInfo(configuration!, tokens.access_token, claims.sub);
      const id = randomUUID();
      sessions.set(id, { name: String(more.name), sid: claims['sid'] });
      return void response.writeHead(303, { 'set-cookie': `app=${id}; HttpOnly; Path=/`, location: '/' }).end();
    }
    const session = sessions.get(/app=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
    if (!session && at.searchParams.has('look')) return void response.writeHead(200).end('signed out');
    if (session)
      return void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<h1>Xin chào ${session.name}</h1>`);
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    flows.set(state, { verifier, nonce });
    const { href } = client.buildAuthorizationUrl(configuration!, {
      redirect_uri: `${url}/callback`,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    response.writeHead(303, { location: href }).end();
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url,
    async connect(clientId, secret) {
      configuration = await client.discovery(
        new URL(issuer),
        clientId,
        { id_token_signed_response_alg: 'ES256' },
        client.ClientSecretBasic(secret),
        { execute: [client.allowInsecureRequests] },
      );
    },
  };
}
