import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { expect } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestApp } from '../app.ts';
import type { Given, World } from './contract-world.ts';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

type Json = Record<string, unknown>;
interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Json;
  example?: string;
}
interface Media {
  schema?: Json;
  example?: unknown;
}
export interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  scopes: string[];
  isOpen: boolean;
  body: Media | null;
  bodyType: string | null;
  responses: Record<string, { content?: Record<string, Media>; headers?: Json }>;
}
export type Answer = Awaited<ReturnType<TestApp['app']['inject']>>;

/** Every operation of a document. */
export function operationsOf(document: Json): Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const security = (raw['security'] as Record<string, string[]>[]) ?? [];
      const content = (raw['requestBody'] as { content: Record<string, Media> } | undefined)?.content;
      const [type, media] = Object.entries(content ?? {})[0] ?? [null, null];
      return {
        id: raw['operationId'] as string,
        method: method.toUpperCase(),
        path,
        parameters: raw['parameters'] as Parameter[],
        isOpen: security.some((each) => Object.keys(each).length === 0),
        scopes: security.flatMap((each) => each['oauth2'] ?? []),
        body: media,
        bodyType: type,
        responses: raw['responses'] as Operation['responses'],
      };
    }),
  );
}

/** Speaks to the product as the document says, and holds every answer to it. */
export function contractCaller(app: TestApp, world: World, document: Json) {
  const ajv = addFormats(new Ajv2020({ ownProperties: true, strict: false, allErrors: true }));
  ajv.addSchema(document, 'document');
  const pointer = (parts: readonly string[]) =>
    parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

  /** Faults of an answer: a status, code or content that the document does not have. */
  function faultsOf(operation: Operation, answer: Answer): string[] {
    const status = String(answer.statusCode);
    const documented = operation.responses[status];
    if (!documented) return [`${operation.id}: ${status} is not documented: ${answer.body.slice(0, 300)}`];
    const type = (answer.headers['content-type'] ?? '').split(';')[0]!;
    const media = documented.content?.[type];
    if (!documented.content || !media) {
      const isBytes = Object.keys(documented.content ?? {}).some((each) => /octet-stream|pdf|text/.test(each));
      return answer.body === '' || isBytes ? [] : [`${operation.id}: ${status} has undocumented content ${type}`];
    }
    if (!media.schema) return [];
    const at = pointer([
      'paths',
      operation.path,
      operation.method.toLowerCase(),
      'responses',
      status,
      'content',
      type,
      'schema',
    ]);
    const check = ajv.getSchema(`document#/${at}`);
    if (!check) return [`${operation.id}: no schema at ${at}`];
    return check(JSON.parse(answer.body))
      ? []
      : [`${operation.id} ${status}: ${ajv.errorsText(check.errors)} in ${answer.body.slice(0, 400)}`];
  }

  async function call(operation: Operation, given: Given, token: string | null = world.token): Promise<Answer> {
    const params = { ...given.params };
    let path = operation.path;
    const headers: Record<string, string> = { 'accept-language': 'en' };
    for (const parameter of operation.parameters) {
      if (parameter.in === 'path')
        path = path.replace(
          `{${parameter.name}}`,
          encodeURIComponent(params[parameter.name] ?? parameter.example ?? 'x'),
        );
      if (parameter.in === 'header' && parameter.required && parameter.name !== 'Idempotency-Key')
        headers[parameter.name.toLowerCase()] = parameter.example ?? 'x';
      if (parameter.name === 'Idempotency-Key') headers['idempotency-key'] = newId();
    }
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    const query = new URLSearchParams(given.query).toString();
    const body = given.payload ?? (given.body === undefined ? operation.body?.example : given.body);
    const isJson = operation.bodyType === 'application/json';
    const answer = await app.app.inject({
      method: operation.method as 'GET',
      url: `${path}${query ? `?${query}` : ''}`,
      headers: {
        ...headers,
        ...(body !== undefined && isJson ? { 'content-type': 'application/json' } : {}),
        ...given.headers,
      },
      ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    expect(faultsOf(operation, answer)).toEqual([]);
    return answer;
  }
  return { call };
}
