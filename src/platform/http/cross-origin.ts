import type { FastifyInstance } from 'fastify';

/** Whether some program named a web site whose pages may call. */
export type AllowsOrigin = (origin: string) => Promise<boolean>;

const KEPT_MS = 60_000;
const MAX_KEPT = 1_000;
const ASKED = 'authorization, content-type, idempotency-key, if-match, if-none-match, accept-language, tus-resumable';
const SHOWN =
  'etag, link, location, retry-after, ratelimit, ratelimit-policy, idempotent-replayed, upload-offset, upload-length';

/**
 * Lets pages of web sites that a program was registered with call the public API (CORS). No cookie is ever read there, so a bearer token
 * is all that such a page can bring. Every other site gets no permission, and the browser keeps the answer from it.
 */
export function allowOrigins(app: FastifyInstance, isMachine: (url: string) => boolean, allows: AllowsOrigin): void {
  const kept = new Map<string, { until: number; allowed: Promise<boolean> }>();
  const isAllowed = (origin: string): Promise<boolean> => {
    const known = kept.get(origin);
    if (known && known.until > Date.now()) return known.allowed;
    if (kept.size >= MAX_KEPT) kept.clear();
    const allowed = allows(origin).catch(() => false);
    kept.set(origin, { until: Date.now() + KEPT_MS, allowed });
    return allowed;
  };
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (!origin || origin.length > 300 || !isMachine(request.url)) return;
    reply.raw.setHeader('vary', 'origin');
    if (await isAllowed(origin)) {
      reply.raw.setHeader('access-control-allow-origin', origin);
      reply.raw.setHeader('access-control-expose-headers', SHOWN);
    }
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return;
    reply.raw.setHeader('access-control-allow-methods', 'GET, POST, PATCH, DELETE');
    reply.raw.setHeader('access-control-allow-headers', ASKED);
    reply.raw.setHeader('access-control-max-age', '600');
    await reply.code(204).send();
  });
}
