import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { anonymous } from '../access.ts';
import { cachedPages, httpDuration } from '../metrics.ts';
import type { AppContext } from '../module.ts';
import { notFound, problem, signInRequired, stepUpRequired, tooManyRequests, type Problem } from '../problems.ts';
import { programLimiter, rateLimitHeaders } from '../program-limit.ts';
import { addressLimiter, withinLimit } from '../rate-limit.ts';
import {
  csrfTokenOf,
  hashToken,
  SESSION_COOKIE,
  touchSession,
  type ResolveSession,
  type SessionView,
} from '../session.ts';
import { demandSpace, isWritingStopped } from '../space.ts';
import { inOneStatement, inTransaction, type TransactionContext } from '../transaction.ts';
import { checkAccess } from './access-check.ts';
import { clientAddressOf } from './client-address.ts';
import { cookieName } from './cookies.ts';
import { headersOfDeprecation } from './api-doc.ts';
import { allowOrigins, type AllowsOrigin } from './cross-origin.ts';
import { checkOrigin, checkToken, CSRF_FIELD } from './csrf.ts';
import { displayIn } from './display.ts';
import { adminServer, doorOf, guardDoors, originOf, pathFrom, type Place } from './doors.ts';
import { createDrain } from './drain.ts';
import { parseUrlEncoded, readMultipart } from './form-body.ts';
import { createMicroCache, type MicroCache } from './micro-cache.ts';
import { asProblem, MACHINE, problemJson, refuseAddress, wantsJson } from './problem-reply.ts';
import { tellOperator } from './refusals.ts';
import type { Reply } from './reply.ts';
import { headersForFrames, refuseMalformed, securityHeaders } from './security-headers.ts';
import { validate, validateQuery } from './validate.ts';
import type { Handler, Locale, RegisteredRoute, RouteOptions, Web, WebRequest } from './web.ts';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export interface HttpOptions {
  context: AppContext;
  resolveSession: ResolveSession;
  /** Identifies API clients by their bearer token. */
  resolveClient?(token: string): Promise<import('../access.ts').Actor | null>;
  /** Whether pages of a web site may call the public API. */
  allowsOrigin?: AllowsOrigin;
  /** What the session still has to prove for this route, or null; details of the problem `step-up-required`. */
  missingProof?(request: WebRequest, route: RouteOptions): Promise<Record<string, unknown> | null>;
  /** Renders a page value to a whole HTML document. */
  renderDocument(request: WebRequest, reply: Reply & { kind: 'page' }, csrfToken: string | null): Promise<string>;
  /** May read the form of a post that the lock has stopped (`details.locked`), to keep it. */
  renderProblem(request: WebRequest, failure: Problem): Reply | Promise<Reply>;
  scriptHashes?: readonly string[];
  /** At which port a route answers when administration has one of its own; without it everything answers at the service port. */
  placeOf?: (pattern: string) => Place;
  /** Requests an address may send in 10 s before it gets 429. */
  addressLimit?: number;
  /** False: no page is kept in memory, every one is made anew (default true). */
  cachePages?: boolean;
}

export interface Http {
  app: FastifyInstance;
  /** Listens on the port of administration (`config.admin`); closed with `app`. Its address, or null without such a port. */
  listenAdmin(): Promise<AddressInfo | null>;
  /** True while this process is about to end: it must get no new requests. */
  isDraining(): boolean;
  /** Ends serving without a failed request: see `drain.ts`. Call `app.close()` afterwards. */
  drain(): Promise<void>;
  routes: readonly RegisteredRoute[];
  cache: MicroCache;
  webFor(moduleName: string): Web;
}

const LANGUAGE = /^\/en(?=\/|\?|$)/;
const MIB = 1024 * 1024;
/** Longer than the proxy keeps an idle connection: `keepalive_timeout 5s` in docs/guides/run-in-production.md. */
const PROXY_IDLE_MS = 6_500;
const BUSY_MS = 30_000;
/** In which a program may send as many requests as an address. */
const PROGRAM_WINDOW_SECONDS = 10;

/** Builds the HTTP server without listening: routes are added through `webFor`. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { context } = options;
  const https = context.config.publicUrl.startsWith('https://');
  const { admin } = context.config;
  const headers = securityHeaders({
    https,
    ...(options.scriptHashes ? { scriptHashes: options.scriptHashes } : {}),
    // A form may end at the other port: signing out of administration leads to the portal.
    ...(admin ? { formTargets: [new URL(context.config.publicUrl).origin, admin.url] } : {}),
  });
  const headerEntries = Object.entries(headers);
  const cache = createMicroCache(SESSION_COOKIE, () => cachedPages.inc());
  const drain = createDrain();
  const allowAddress = addressLimiter(options.addressLimit ?? 3_000, 10_000);
  const programLimit = options.addressLimit ?? 3_000;
  const allowProgram = programLimiter(context.db.reader, programLimit, PROGRAM_WINDOW_SECONDS);
  const trusts = context.config.trustedProxies.length > 0;
  const addressFrom = clientAddressOf(context.config.trustedProxies);
  let listener: RequestListener = (_request, response) => void response.writeHead(503).end();
  const app = Fastify({
    logger: false,
    trustProxy: trusts ? context.config.trustedProxies : false,
    bodyLimit: MIB,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    genReqId: () => randomBytes(6).toString('hex').toUpperCase(),
    rewriteUrl: (request) => (request.url ?? '/').replace(LANGUAGE, '').replace(/^(?=\?|$)/, '/'),
    serverFactory: (handler): Server => {
      listener = (request, response) => {
        drain.note(response);
        if (!allowAddress(addressFrom(request), Date.now())) {
          refuseAddress(context.config, headers, request, response);
          return;
        }
        const isKept = doorOf(context.config, request) !== 'admin' && cache.serve(request, response);
        if (!isKept) handler(request, response);
      };
      return createServer({ requestTimeout: 120_000, maxHeaderSize: 16_384 }, listener);
    },
    clientErrorHandler: refuseMalformed(headers),
    frameworkErrors: (error, request, reply) => void answerFailure(error, request, reply),
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: 64 * MIB }, throwFileSizeLimit: false });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MIB },
    (_request, body, done) => {
      try {
        done(null, parseUrlEncoded(body as string));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  // Pieces of a resumable upload (tus): handed on as they arrive, whoever takes them holds them to a limit.
  app.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headerEntries) reply.raw.setHeader(name, value);
    done();
  });
  if (options.allowsOrigin) allowOrigins(app, (url) => MACHINE.test(url), options.allowsOrigin);
  if (options.placeOf) guardDoors(app, context.config, options.placeOf);
  app.addHook('onResponse', (request, reply, done) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    httpDuration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status },
      reply.elapsedTime / 1000,
    );
    done();
  });

  const ending: Server[] = [];
  app.addHook('onClose', async () => {
    for (const server of ending) await new Promise((done) => server.close(done));
  });

  const requests = new WeakMap<FastifyRequest, RequestState>();
  const stateOf = (request: FastifyRequest): RequestState => {
    const known = requests.get(request);
    if (known) return known;
    const state = newRequestState(options, request, cache.generation());
    requests.set(request, state);
    return state;
  };

  async function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const state = stateOf(request);
    let failure = asProblem(error);
    if (failure.definition.status === 503) reply.header('retry-after', '20');
    if (failure.definition.status === 429)
      reply.header(
        'retry-after',
        failure.details['retryAfter'] === undefined ? 60 : Number(failure.details['retryAfter']),
      );
    tellOperator(error, failure, request, state.web);
    if (wantsJson(request)) return sendReply(reply, state, problemJson(failure, state.web));
    try {
      return await sendReply(reply, state, await options.renderProblem(state.web, failure));
    } catch (second) {
      state.web.log.error({ err: second }, 'the error page failed');
      if (failure.definition.status < 500) failure = asProblem(second);
      return sendReply(reply, state, problemJson(failure, state.web));
    }
  }
  app.setErrorHandler((error, request, reply) => answerFailure(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerFailure(problem(notFound), request, reply));

  async function sendReply(
    reply: FastifyReply,
    state: RequestState,
    answer: Reply,
    cacheSeconds = 0,
  ): Promise<FastifyReply> {
    for (const cookieLine of state.cookies) reply.header('set-cookie', cookieLine);
    reply.status(answer.status).headers(answer.headers);
    if (answer.kind === 'redirect')
      return reply.header('location', pathFrom(context.config, state.web.door, answer.location)).send();
    if (answer.kind === 'stream') return reply.type(answer.type).send(answer.body);
    const isPage = answer.kind === 'page';
    const token = state.session ? csrfTokenOf(context.config.secret, state.session.tokenHash) : null;
    const body = isPage ? await options.renderDocument(state.web, answer, token) : answer.body;
    const type = isPage ? 'text/html; charset=utf-8' : answer.type;
    reply.type(type);
    const cacheable =
      options.cachePages !== false &&
      cacheSeconds > 0 &&
      state.web.door !== 'admin' &&
      answer.status === 200 &&
      !state.session &&
      state.cookies.length === 0;
    if (cacheable)
      cache.store(
        state.rawUrl,
        {
          body: Buffer.from(body),
          headers: { ...headers, ...answer.headers, 'content-type': type },
          generation: state.generation,
          display: state.web.display,
        },
        cacheSeconds,
      );
    if (!reply.hasHeader('cache-control'))
      reply.header('cache-control', cacheable ? 'public, max-age=0, must-revalidate' : 'private, no-store');
    return sendCompressed(reply, state.accepts, type, body);
  }

  const routes: RegisteredRoute[] = [];
  const declare =
    (module: string, method: RegisteredRoute['method']) =>
    (route: string | { readonly pattern: string }, routeOptions: RouteOptions, handler: Handler): void => {
      const pattern = typeof route === 'string' ? route : route.pattern;
      routes.push({ method, pattern, options: routeOptions, module });
      const required = [...pattern.matchAll(/:(\w+)(\?)?/g)].flatMap(([, name, mark]) => (name && !mark ? [name] : []));
      app.route({
        method,
        url: pattern,
        ...(routeOptions.bodyLimitBytes ? { bodyLimit: routeOptions.bodyLimitBytes } : {}),
        handler: async (request, reply) => {
          const state = stateOf(request);
          await prepare(options, state, request, routeOptions, method);
          const { actor } = state.web;
          if (actor.kind === 'client') {
            const allowance = await allowProgram(actor.id ?? '', Date.now(), state.web.log);
            reply.headers(rateLimitHeaders(allowance, programLimit, PROGRAM_WINDOW_SECONDS));
            if (!allowance.isAllowed) throw problem(tooManyRequests, { retryAfter: allowance.seconds });
          }
          // The router lets `/ho-so//sua` be `/ho-so/:id/sua` with no id: no handler should have to think of that.
          if (required.some((name) => !state.web.params[name])) throw problem(notFound);
          const answer = await handler(state.web);
          if (routeOptions.api?.deprecated) reply.headers(headersOfDeprecation(routeOptions.api.deprecated));
          if (routeOptions.framing) reply.headers(headersForFrames(headers, routeOptions.framing));
          if (state.session) void touchSession(context.db.reader, state.session, state.web.now).catch(() => {});
          return sendReply(reply, state, answer, routeOptions.cacheSeconds);
        },
      });
    };
  return {
    app,
    async listenAdmin() {
      if (!admin) return null;
      const server = adminServer((request, response) => listener(request, response));
      server.on('clientError', refuseMalformed(headers));
      ending.push(server);
      await new Promise<void>((done, fail) => server.once('error', fail).listen(admin.port, admin.host, done));
      return server.address() as AddressInfo;
    },
    isDraining: () => drain.isDraining(),
    drain: () =>
      drain.run([app.server, ...ending], {
        noticeMs: context.config.drainSeconds * 1_000,
        // Only a proxy keeps connections for requests of others; a browser of one's own asks again by itself.
        idleMs: trusts ? PROXY_IDLE_MS : 0,
        busyMs: BUSY_MS,
      }),
    routes,
    cache,
    webFor: (module) => ({
      get: declare(module, 'GET'),
      post: declare(module, 'POST'),
      put: declare(module, 'PUT'),
      patch: declare(module, 'PATCH'),
      delete: declare(module, 'DELETE'),
      options: declare(module, 'OPTIONS'),
      mount(prefix, handler) {
        void app.register(async (scope) => {
          scope.removeAllContentTypeParsers();
          scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
          for (const url of [prefix, `${prefix}/*`])
            scope.all(url, (request, reply) => {
              reply.hijack();
              handler(request.raw, reply.raw);
            });
        });
      },
    }),
  };
}

interface RequestState {
  web: WebRequest;
  session: SessionView | null;
  cookies: string[];
  /** Of the micro-cache, when the request came. */
  generation: number;
  rawUrl: string;
  accepts: string;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function newRequestState(options: HttpOptions, request: FastifyRequest, generation: number): RequestState {
  const { context } = options;
  const rawUrl = request.originalUrl;
  const isEnglish = MACHINE.test(request.url)
    ? /^en\b/i.test(request.headers['accept-language'] ?? '')
    : LANGUAGE.test(rawUrl);
  const locale: Locale = isEnglish ? 'en' : 'vi';
  const secure = context.config.publicUrl.startsWith('https://') ? '; Secure' : '';
  const url = request.url;
  const question = url.indexOf('?');
  const now = context.clock.now();
  const log = context.log.child({ requestId: request.id });
  const state: RequestState = {
    session: null,
    cookies: [],
    generation,
    rawUrl,
    accepts: request.headers['accept-encoding'] ?? '',
  } as never;
  state.web = {
    method: request.method,
    path: question < 0 ? url : url.slice(0, question),
    url,
    locale,
    door: doorOf(context.config, request.raw),
    params: (request.params ?? {}) as Record<string, string>,
    query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1).normalize('NFC')),
    headers: request.headers,
    address: request.ip,
    actor: anonymous,
    session: null,
    now,
    reader: context.db.reader,
    config: context.config,
    log,
    requestId: request.id,
    json: request.body instanceof Readable ? undefined : request.body,
    stream: request.body instanceof Readable ? request.body : null,
    display: displayIn(request.headers.cookie),
    cookie: (name) => request.cookies[cookieName(context.config.publicUrl, name)],
    setCookie(name, value, { maxAgeSeconds, path = '/' } = {}) {
      const life = value === null ? '; Max-Age=0' : maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
      const named = cookieName(context.config.publicUrl, name, path);
      state.cookies.push(`${named}=${value ?? ''}; Path=${path}; HttpOnly; SameSite=Lax${secure}${life}`);
    },
    form: async () => new URLSearchParams(),
    command: (work) => inTransaction(context.db, transactionOf(state, request), work),
    commandInOne: (work) => inOneStatement(context.db, transactionOf(state, request), work),
    href: (path) => (locale === 'en' ? `/en${path === '/' ? '' : path}` : path),
  };
  return state;
}

const transactionOf = ({ web }: RequestState, request: FastifyRequest): TransactionContext => ({
  actor: web.actor,
  clock: { now: () => web.now },
  requestId: request.id,
});

async function prepare(
  options: HttpOptions,
  state: RequestState,
  request: FastifyRequest,
  route: RouteOptions,
  method: RegisteredRoute['method'],
): Promise<void> {
  const { context } = options;
  const web = state.web as Mutable<WebRequest>;
  if (route.machine) await identifyClient(options, web);
  else await identifyPerson(options, state, web);
  if (!route.machine && method !== 'GET' && method !== 'OPTIONS')
    checkOrigin(request.headers, originOf(context.config, web.door));
  if (state.session?.locked && !route.whileLocked) {
    // What was written must not be lost: the page that asks for the password may keep it.
    if (method === 'POST' && !route.machine) bindForm(options, state, request);
    throw problem(signInRequired, { locked: true });
  }
  checkAccess(route.access, web.actor);
  const missing = state.session ? await options.missingProof?.(web, route) : null;
  if (missing) {
    if (method === 'POST') bindForm(options, state, request);
    throw problem(stepUpRequired, missing);
  }
  if (route.rateLimit) {
    const { name, limit, windowSeconds, by } = route.rateLimit;
    const who = by === 'account' ? (web.actor.accountId ?? web.actor.id ?? web.address) : web.address;
    const isFree = by === 'stranger' && web.actor.kind === 'client';
    if (!isFree && !(await withinLimit(context.db.reader, web.log, `${name}/${who}`, limit, windowSeconds, new Date())))
      throw problem(tooManyRequests, { retryAfter: windowSeconds });
  }
  if (route.query) validateQuery(route.query, web.query);
  if (route.body) web.json = validate(route.body, request.body, 'body');
  if (method !== 'GET' && method !== 'OPTIONS' && !route.machine) bindForm(options, state, request);
  // Who is signing in may do so also then: an administrator has to look.
  if (method !== 'GET' && method !== 'OPTIONS' && !route.whileLocked) {
    if (isWritingStopped() && request.isMultipart()) request.raw.resume();
    demandSpace();
  }
}

/** Gives the request its form, held to the session's token. Throws `stale-form` for a form that is not this session's. */
function bindForm(options: HttpOptions, state: RequestState, request: FastifyRequest): void {
  const web = state.web as Mutable<WebRequest>;
  const expected = state.session ? csrfTokenOf(options.context.config.secret, state.session.tokenHash) : null;
  const checked = (fields: URLSearchParams) => {
    if (expected !== null) checkToken(fields.get(CSRF_FIELD), expected);
    fields.delete(CSRF_FIELD);
    return fields;
  };
  if (request.body instanceof URLSearchParams) {
    const fields = checked(request.body);
    web.form = async () => fields;
  } else if (request.isMultipart()) web.form = (onFile) => readMultipart(request, onFile).then(checked);
  else if (expected !== null) checkToken(request.headers['x-csrf-token'] as string | undefined, expected);
}

async function identifyPerson(options: HttpOptions, state: RequestState, web: Mutable<WebRequest>) {
  const token = web.cookie(SESSION_COOKIE);
  if (!token || token.length > 100) return;
  const view = await options.resolveSession(web.reader, hashToken(token), web.now);
  if (!view) return;
  state.session = view;
  web.session = view;
  web.actor = view.actor;
}

async function identifyClient(options: HttpOptions, web: Mutable<WebRequest>) {
  const [scheme, token] = (web.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || !options.resolveClient) return;
  web.actor = (await options.resolveClient(token)) ?? anonymous;
}

const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json|xml|javascript)|image\/svg)/;

async function sendCompressed(
  reply: FastifyReply,
  accepts: string,
  type: string,
  body: string | Buffer,
): Promise<FastifyReply> {
  if (body.length < 1_400 || !COMPRESSIBLE.test(type)) return reply.send(body);
  reply.header('vary', 'accept-encoding');
  if (accepts.includes('br'))
    return reply
      .header('content-encoding', 'br')
      .send(await compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }));
  if (accepts.includes('gzip'))
    return reply.header('content-encoding', 'gzip').send(await compressGzip(body, { level: 4 }));
  return reply.send(body);
}
