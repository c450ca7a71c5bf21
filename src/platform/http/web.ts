import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { TSchema } from 'typebox';
import type { Actor, Permission } from '../access.ts';
import type { SensitiveAct } from '../assurance.ts';
import type { Config } from '../config.ts';
import type { Reader, Tx } from '../database.ts';
import type { Logger } from '../log.ts';
import type { SessionView } from '../session.ts';
import type { ApiDoc } from './api-doc.ts';
import type { Door } from './doors.ts';
import type { Reply } from './reply.ts';

import type { Locale } from './page-context.ts';

export type { Locale };

/**
 * Who may call a route; there is no default. `person`: a citizen or business, `submitter`: the same, but not a member
 * of a business who may only see, `official`: anybody with a post,
 * `permission`: holders of it anywhere (the handler still asks `can` for the subject), `scope`: an API client with it, `anyScope`: with one of them.
 */
export type Access =
  | 'public'
  | 'signed-in'
  | 'person'
  | 'submitter'
  | 'official'
  | { permission: Permission }
  | { anyOf: readonly Permission[] }
  | { scope: string }
  | { anyScope: readonly string[] };

export interface RouteOptions {
  access: Access;
  /** Anonymous GET pages only: kept compressed in memory for so long and answered before the router. */
  cacheSeconds?: number;
  /** JSON schemas of machine input; forms are checked by their handler, which answers 422 with the values kept. */
  body?: TSchema;
  query?: TSchema;
  /** Puts the route into the public API's document. */
  api?: ApiDoc;
  /** Largest request body in bytes (default 1 MiB; 64 MiB for multipart). */
  bodyLimitBytes?: number;
  /** Shared limit over all processes; `stranger`: by address, and none for programs that say who they are. */
  rateLimit?: { name: string; limit: number; windowSeconds: number; by: 'address' | 'account' | 'stranger' };
  /** A machine calls without cookies: no form token asked, cookies ignored. */
  machine?: boolean;
  /** Our own pages may show this one in a frame (`framed`), or it shows one of them (`holds-frames`): a preview. Nobody else may. */
  framing?: 'holds-frames' | 'framed';
  /** Reachable while the screen is locked. */
  whileLocked?: boolean;
  /** What is done here, when it may ask for a level of assurance or a fresh proof (step-up). */
  act?: SensitiveAct;
  /** Reachable before a compulsory second factor is set up or proven. */
  whileProving?: boolean;
  /** Values of path parameters with which the page can be visited in tests. */
  example?: Record<string, string>;
}

/** A file part of a form while it arrives. Read the stream to its end, or the request hangs. */
export interface IncomingFile {
  field: string;
  fileName: string;
  declaredType: string;
  stream: Readable & { truncated?: boolean };
}

export interface WebRequest {
  readonly method: string;
  /** Path without language prefix and query. */
  readonly path: string;
  /** Path and query as sent, without language prefix. */
  readonly url: string;
  readonly locale: Locale;
  /** The port it came in by. */
  readonly door: Door;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly address: string;
  readonly actor: Actor;
  readonly session: SessionView | null;
  readonly now: Date;
  readonly reader: Reader;
  readonly config: Config;
  readonly log: Logger;
  /** The reference a citizen can read out; also in every event the request causes. */
  readonly requestId: string;
  /** JSON body, already held to the route's schema. */
  readonly json: unknown;
  /** The bytes of a request of type `application/offset+octet-stream`, as they arrive; null for every other request. */
  readonly stream: Readable | null;
  /** How the person wants pages to look (`display.ts`); empty: as usual. */
  readonly display: string;
  /** Cookie of the request. */
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string | null, options?: { maxAgeSeconds?: number; path?: string }): void;
  /**
   * The fields of a sent form: NFC, at most 2,000 of them. Files of a multipart form go to `onFile` as they arrive;
   * what it returns becomes the field's value (null: the field is left out).
   */
  form(onFile?: (file: IncomingFile) => Promise<string | null>): Promise<URLSearchParams>;
  /** Opens the one transaction of this request; commits once, then the handler answers. */
  command<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** The same for a write that is one statement, event included: no begin, no commit; see `inOneStatement`. */
  commandInOne<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** Prefixes a path with the language of this request. */
  href(path: string): string;
}

export type Handler = (request: WebRequest) => Reply | Promise<Reply>;
type Route = string | { readonly pattern: string };

/** What a module's routes are declared on. */
export interface Web {
  get(route: Route, options: RouteOptions, handler: Handler): void;
  post(route: Route, options: RouteOptions, handler: Handler): void;
  put(route: Route, options: RouteOptions, handler: Handler): void;
  patch(route: Route, options: RouteOptions, handler: Handler): void;
  delete(route: Route, options: RouteOptions, handler: Handler): void;
  options(route: Route, options: RouteOptions, handler: Handler): void;
  /** Hands the raw request to a library that speaks HTTP itself. Everything below `prefix` is its own business. */
  mount(prefix: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
}

export interface RegisteredRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  pattern: string;
  options: RouteOptions;
  module: string;
}
