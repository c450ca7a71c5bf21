import type { TSchema } from 'typebox';
import { keyMissing, keyReused } from '../platform/http/idempotency.ts';
import { preconditionFailed, preconditionMissing } from '../platform/http/conditional.ts';
import { cursorWrong } from '../platform/http/paging.ts';
import { apiTags, type ApiDoc } from '../platform/http/api-doc.ts';
import type { RegisteredRoute } from '../platform/http/web.ts';
import {
  forbidden,
  internalError,
  invalidInput,
  malformedRequest,
  notFound,
  problemPath,
  signInRequired,
  tooLarge,
  tooManyRequests,
  unavailable,
  type LocalText,
  type ProblemDefinition,
} from '../platform/problems.ts';
import { outOfSpace } from '../platform/space.ts';
import { definedScopes } from '../platform/access.ts';
import { releases } from './changes.ts';
import { hoist } from './hoist-schemas.ts';

/* The OpenAPI 3.1 document, made from the routes: nothing of it is kept beside them. */

/** A route that is part of the public API. */
export type ApiRoute = RegisteredRoute & { options: { api: ApiDoc } };
type Json = Record<string, unknown>;

export const isApiRoute = (route: RegisteredRoute): route is ApiRoute => route.options.api !== undefined;

/** English beside Vietnamese: the standard has one field, the other language stands in an extension. */
const words = (name: string, text: LocalText | undefined): Json =>
  text ? { [name]: text.en, [`x-${name}-vi`]: text.vi } : {};

/** Scopes of which one is needed; empty where the operation is open. */
export function scopesNeeded({ options: { access } }: RegisteredRoute): readonly string[] {
  if (typeof access !== 'object') return [];
  return 'scope' in access ? [access.scope] : 'anyScope' in access ? access.anyScope : [];
}

/** Every failure that an operation may answer with, by status and code. */
export function problemsOf(route: ApiRoute): ProblemDefinition[] {
  const { options, method, pattern } = route;
  const { api } = options;
  const isWrite = method !== 'GET';
  const all = [
    ...(api.problems ?? []),
    ...(scopesNeeded(route).length > 0 ? [signInRequired, forbidden] : []),
    ...(pattern.includes(':') ? [notFound] : []),
    ...(options.query || options.body ? [invalidInput] : []),
    ...((options.query as Json | undefined)?.['properties'] &&
    Object.hasOwn((options.query as { properties: Json }).properties, 'cursor')
      ? [cursorWrong]
      : []),
    ...(isWrite ? [outOfSpace, ...(options.body || api.bodyType ? [tooLarge, malformedRequest] : [])] : []),
    ...(api.isKeyed ? [keyMissing, keyReused] : []),
    ...(api.conditional === 'if-match' ? [preconditionMissing, preconditionFailed] : []),
    tooManyRequests,
    internalError,
    unavailable,
  ];
  return [...new Map(all.map((each) => [each.code, each])).values()].sort(
    (a, b) => a.status - b.status || a.code.localeCompare(b.code),
  );
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Json;
  description?: string;
  'x-description-vi'?: string;
  example?: string;
}

/** Path, query and header parameters as the document has them. */
export function parametersOf(route: ApiRoute): Parameter[] {
  const { api, query } = route.options;
  const inPath: Parameter[] = [...route.pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const told = api.params?.[name];
    return {
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
      ...words('description', told?.description),
      ...(told ? { example: told.example } : {}),
    };
  });
  const asked = query as { properties?: Record<string, TSchema>; required?: string[] } | undefined;
  const inQuery: Parameter[] = Object.entries(asked?.properties ?? {}).map(([name, schema]) => {
    const { description, 'x-vi': vi, ...own } = schema as Json & { description?: string; 'x-vi'?: string };
    return {
      name,
      in: 'query',
      required: asked?.required?.includes(name) ?? false,
      schema: own,
      ...(description ? { description, 'x-description-vi': vi ?? description } : {}),
    };
  });
  const header = (name: string, required: boolean, text: LocalText, example: string): Parameter => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
    ...words('description', text),
    example,
  });
  const inHeaders = [
    ...Object.entries(api.headers ?? {}).map(([name, told]) =>
      header(name, told.required, told.description, told.example),
    ),
    ...(api.isKeyed ? [header('Idempotency-Key', true, KEY_WORDS, '9f0c1f7e-5d0b-4f0a-9d7b-1d5f2c6a8b11')] : []),
    ...(api.conditional === 'if-match' ? [header('If-Match', true, MATCH_WORDS, '"3"')] : []),
    ...(api.conditional === 'etag' ? [header('If-None-Match', false, NONE_MATCH_WORDS, '"3"')] : []),
  ];
  return [...inPath, ...inQuery, ...inHeaders];
}

const KEY_WORDS = {
  vi: 'Khóa do bạn đặt cho một việc, 8–200 ký tự. Gửi lại cùng khóa thì nhận lại đúng câu trả lời cũ, không làm hai lần.',
  en: 'Your own key for one piece of work, 8–200 characters. Sent again it gives the same answer and does nothing twice; kept for 7 days.',
};
const MATCH_WORDS = {
  vi: 'ETag của hồ sơ lần đọc gần nhất; * để bỏ qua kiểm tra.',
  en: 'The ETag of what you read last; `*` takes whatever stands.',
};
const NONE_MATCH_WORDS = {
  vi: 'ETag đã có; nếu chưa đổi thì trả 304 không có nội dung.',
  en: 'The ETag you have; 304 without content when nothing changed.',
};

function bodyOf({ options: { api, body } }: ApiRoute): Json {
  if (!body && !api.bodyType) return {};
  const type = api.bodyType ?? 'application/json';
  return {
    requestBody: {
      required: true,
      content: {
        [type]: {
          ...(body ? { schema: body } : {}),
          ...(api.bodyExample === undefined ? {} : { example: api.bodyExample }),
        },
      },
    },
  };
}

function answersOf(route: ApiRoute): Json {
  const { api, query } = route.options;
  const isPaged = Object.hasOwn((query as { properties?: Json } | undefined)?.properties ?? {}, 'cursor');
  const headers: Json = {
    ...(api.conditional ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    ...(isPaged ? { Link: { $ref: '#/components/headers/Link' } } : {}),
    ...(scopesNeeded(route).length > 0
      ? {
          RateLimit: { $ref: '#/components/headers/RateLimit' },
          'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
        }
      : {}),
    ...(api.isKeyed ? { 'Idempotent-Replayed': { $ref: '#/components/headers/Idempotent-Replayed' } } : {}),
  };
  const entries = Object.entries(api.answers).map(([status, answer]): [string, Json] => [
    status,
    {
      ...words('description', answer.description),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(answer.schema || answer.type
        ? {
            content: {
              [answer.type ?? 'application/json']: {
                ...(answer.schema ? { schema: answer.schema } : {}),
                ...(answer.example === undefined ? {} : { example: answer.example }),
              },
            },
          }
        : {}),
    },
  ]);
  if (api.conditional === 'etag' && !api.answers[304]) entries.push(['304', { description: 'Not changed' }]);
  return Object.fromEntries(entries);
}

function failuresOf(route: ApiRoute, publicUrl: string): Json {
  const byStatus = Map.groupBy(problemsOf(route), ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        ...words('description', {
          vi: list.map(({ title }) => title.vi).join(' / '),
          en: list.map(({ title }) => title.en).join(' / '),
        }),
        ...(status === 429 || status === 503
          ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
          : {}),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { properties: { code: { enum: list.map(({ code }) => code) } } },
              ],
            },
            examples: Object.fromEntries(
              list.map(({ code, title }) => [
                code,
                {
                  value: {
                    type: `${publicUrl}${problemPath(code)}`,
                    title: title.en,
                    status,
                    code,
                    reference: '8F2A61C09B3D',
                  },
                },
              ]),
            ),
          },
        },
      },
    ]),
  );
}

function operationOf(route: ApiRoute, publicUrl: string): Json {
  const { api, rateLimit } = route.options;
  const scopes = scopesNeeded(route);
  const security = [
    ...scopes.flatMap((scope) => [{ oauth2: [scope] }, { bearer: [] }]),
    ...(scopes.length === 0 ? [{}] : []),
    ...(api.moreWith ?? []).map((scope) => ({ oauth2: [scope] })),
  ];
  return {
    operationId: api.id,
    ...words('summary', api.summary),
    ...words('description', api.description),
    tags: [api.tag],
    parameters: parametersOf(route),
    ...bodyOf(route),
    security: [...new Map(security.map((each) => [JSON.stringify(each), each])).values()],
    responses: { ...answersOf(route), ...failuresOf(route, publicUrl) },
    ...(api.deprecated ? { deprecated: true, 'x-deprecated': api.deprecated } : {}),
    ...(rateLimit
      ? { 'x-rate-limit': { limit: rateLimit.limit, seconds: rateLimit.windowSeconds, per: rateLimit.by } }
      : {}),
  };
}

const ProblemSchema = {
  type: 'object',
  ...words('description', {
    vi: 'Lỗi theo RFC 9457. type là địa chỉ trang giải thích lỗi.',
    en: 'A failure as RFC 9457 has it. `type` is the address of the page that explains it.',
  }),
  required: ['type', 'title', 'status', 'code', 'reference'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { type: 'string', pattern: '^[a-z][a-z-]*\\.[a-z0-9-]+$' },
    reference: { type: 'string', description: 'Read this out when you ask for help' },
    errors: {
      type: 'array',
      description: 'Faults of fields, each with its JSON Pointer (RFC 6901)',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: { type: 'string' },
          message: { anyOf: [{ type: 'string' }, { type: 'object', required: ['vi', 'en'] }] },
        },
      },
    },
  },
};

const header = (description: string) => ({ description, schema: { type: 'string' } });

/** The document of every route that is part of the public API. Throws when two operations share a name: that is a programming error. */
export function openApiDocument(all: readonly RegisteredRoute[], publicUrl: string): Json {
  const routes = all.filter(isApiRoute);
  const ids = routes.map(({ options }) => options.api.id);
  if (new Set(ids).size < ids.length) throw new Error(`Two operations share a name: ${ids.join(', ')}`);
  const byPath = Map.groupBy(routes, (route) => route.pattern.replaceAll(/:(\w+)\??/g, '{$1}'));
  const paths = Object.fromEntries(
    [...byPath].map(([path, list]) => [
      path,
      Object.fromEntries(list.map((route) => [route.method.toLowerCase(), operationOf(route, publicUrl)])),
    ]),
  );
  const { value, schemas } = hoist(paths);
  const used = new Set(routes.map(({ options }) => options.api.tag));
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    info: {
      title: 'Sen public API',
      version: releases[0]?.version ?? '1.0.0',
      summary: 'Procedures, offers and dossiers of the province.',
      description: `What programs may do: read what is public, submit and follow dossiers, work on the dossiers of an agency, hear of what happens. How to begin: ${publicUrl}/api/docs`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    externalDocs: { url: `${publicUrl}/api/docs`, description: 'The same for people' },
    servers: [{ url: publicUrl }],
    tags: Object.entries(apiTags)
      .filter(([name]) => used.has(name))
      .map(([name, text]) => ({ name, description: text.en, 'x-name-vi': text.vi })),
    paths: value,
    components: {
      securitySchemes: {
        oauth2: {
          type: 'oauth2',
          description: 'Client credentials (RFC 6749 §4.4) with a secret or private_key_jwt; tokens last ten minutes',
          flows: {
            clientCredentials: {
              tokenUrl: `${publicUrl}/oidc/token`,
              scopes: Object.fromEntries(definedScopes().map(({ name, title }) => [name, title.en])),
            },
          },
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'A token that the operator of the installation made' },
      },
      headers: {
        ETag: header('The version of what was answered; send it back in If-None-Match or If-Match'),
        Link: header('`first`, and `next` where there is another page (RFC 8288)'),
        'Idempotent-Replayed': header('`true` when this answer was given before under the same key'),
        'Retry-After': header('Seconds to wait'),
        RateLimit: header('Requests that the program has left (`r`) and seconds until they are counted anew (`t`)'),
        'RateLimit-Policy': header(
          'Requests (`q`) a program may send in seconds (`w`), counted over all its connections',
        ),
      },
      schemas: { Problem: ProblemSchema, ...schemas },
    },
  };
}
