import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { notFound, problem } from '../problems.ts';
import { isAdminPath } from './admin-path.ts';

/**
 * The port a request came in by. `only`: one port serves everything; otherwise pages of administration answer at `admin` alone (TCVN 14423:
 * administration apart from the service) and everything else at `service`.
 */
export type Door = 'only' | 'service' | 'admin';

/** Where a route answers when there are two ports. */
export type Place = Exclude<Door, 'only'> | 'both';

/** Start of the address people use at a door. */
export const originOf = (config: Config, door: Door): string =>
  door === 'admin' && config.admin ? config.admin.url : config.publicUrl;

/** Full address of a path of the route map, for messages and files: administration stands at its own address when it has one. */
export const addressOf = (config: Config, path: string): string =>
  `${originOf(config, isAdminPath(path) ? 'admin' : 'service')}${path}`;

/** The same path as seen from a door: left as it is unless it is a page of administration and the door does not serve those. */
export const pathFrom = (config: Config, door: Door, path: string): string =>
  door === 'service' && isAdminPath(path) ? addressOf(config, path) : path;

const arrivals = new WeakSet<IncomingMessage>();

/** By which port a request came. Nothing that a client sends is asked: only the socket's server knows. */
export function doorOf(config: Config, request: IncomingMessage): Door {
  if (config.admin === null) return 'only';
  return arrivals.has(request) ? 'admin' : 'service';
}

/** A second server that hands everything to the same program, marked as having come in by the port of administration. */
export const adminServer = (listener: RequestListener): Server =>
  createServer({ requestTimeout: 120_000, maxHeaderSize: 16_384, keepAliveTimeout: 65_000 }, (request, response) => {
    arrivals.add(request);
    listener(request, response);
  });

/**
 * Holds every route to its door, by the pattern the router has chosen and not by what the address looks like: no spelling of an address
 * leads past it. At the service port a page of administration does not exist; at the port of administration a page of the service leads
 * to the service's address, and everything but looking does not exist.
 */
export function guardDoors(app: FastifyInstance, config: Config, placeOf: (pattern: string) => Place): void {
  const { admin } = config;
  if (admin === null) return;
  app.addHook('onRequest', (request, reply, done) => {
    const pattern = request.routeOptions.url;
    const place = pattern === undefined ? 'both' : placeOf(pattern);
    const door = doorOf(config, request.raw);
    if (place === 'both' || place === door) return done();
    const raw = request.originalUrl;
    const isLook = request.method === 'GET' || request.method === 'HEAD';
    if (door !== 'admin' || !isLook || !raw.startsWith('/') || raw.startsWith('/api/')) return done(problem(notFound));
    const target =
      pattern === '/' ? `${admin.url}${raw.startsWith('/en') ? '/en' : ''}/quan-tri` : config.publicUrl + raw;
    void reply.header('cache-control', 'private, no-store').redirect(target, 303);
  });
}
