import type { TSchema } from 'typebox';
import type { Http } from './platform/http/server.ts';
import { ApiDocsPage } from './api-docs-page.tsx';
import { json, page } from './platform/http/reply.ts';
import type { RegisteredRoute } from './platform/http/web.ts';
import type { AppContext } from './platform/module.ts';
import { paths } from './ui/paths.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: unknown;
}

function parametersOf(route: RegisteredRoute): Parameter[] {
  const inPath = [...route.pattern.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1] ?? '',
    in: 'path' as const,
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.options.query as { properties?: Record<string, TSchema>; required?: string[] } | undefined;
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: query?.required?.includes(name) ?? false,
    schema,
  }));
  return [...inPath, ...inQuery];
}

function operationOf(route: RegisteredRoute) {
  const { api, body, response, access } = route.options;
  const scope = typeof access === 'object' && 'scope' in access ? access.scope : null;
  return {
    operationId: `${route.method.toLowerCase()}${route.pattern.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    summary: api?.summary,
    description: api?.description,
    tags: [api?.tag],
    parameters: parametersOf(route),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    ...(scope ? { security: [{ bearer: [scope] }] } : {}),
    responses: {
      '2XX': { description: 'Success', ...(response ? { content: { 'application/json': { schema: response } } } : {}) },
      '4XX': {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** The OpenAPI 3.1 document of every route that declares itself part of the public API. */
export function openApiDocument(routes: readonly RegisteredRoute[], publicUrl: string): Record<string, unknown> {
  const documented = routes.filter((route) => route.options.api);
  const byPath = Map.groupBy(documented, (route) => route.pattern.replaceAll(/:(\w+)\??/g, '{$1}'));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sen public API',
      version: '1.0.0',
      description: 'Procedures, offers and dossiers of the province.',
    },
    servers: [{ url: publicUrl }],
    paths: Object.fromEntries(
      [...byPath].map(([path, list]) => [
        path,
        Object.fromEntries(list.map((route) => [route.method.toLowerCase(), operationOf(route)])),
      ]),
    ),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'reference'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string' },
            reference: { type: 'string', description: 'Read this out when you ask for help' },
          },
        },
      },
    },
  };
}

/** The document of the public API for machines, and the same as a page. */
export function openApiRoutes(http: Http, context: AppContext): void {
  const web = http.webFor('app');
  const document = () => openApiDocument(http.routes, context.config.publicUrl);
  web.get('/api/openapi.json', { access: 'public', machine: true }, () => json(document()));
  web.get(paths.apiDocs, { access: 'public', cacheSeconds: 60 }, () => page(<ApiDocsPage document={document()} />));
}
