import type { VNode } from 'preact';
import type { Readable } from 'node:stream';

/** What a handler answers: a value, so that tests and the micro-cache can look at it before it is sent. */
export type Reply =
  | { kind: 'page'; status: number; vnode: VNode; headers: Record<string, string> }
  | { kind: 'redirect'; status: 303 | 301; location: string; headers: Record<string, string> }
  | { kind: 'data'; status: number; body: string | Buffer; type: string; headers: Record<string, string> }
  | { kind: 'stream'; status: number; body: Readable; type: string; headers: Record<string, string> };

type Headers = Record<string, string>;

/** An HTML page. 422 for a form sent back with its errors. */
export const page = (vnode: VNode, options: { status?: number; headers?: Headers } = {}): Reply => ({
  kind: 'page',
  status: options.status ?? 200,
  vnode,
  headers: options.headers ?? {},
});

/** After a write: see the result elsewhere (303), so that reloading never sends a form twice. */
export const seeOther = (location: string, headers: Headers = {}): Reply => ({
  kind: 'redirect',
  status: 303,
  location,
  headers,
});

export const movedTo = (location: string): Reply => ({ kind: 'redirect', status: 301, location, headers: {} });

export const json = (value: unknown, options: { status?: number; headers?: Headers } = {}): Reply => ({
  kind: 'data',
  status: options.status ?? 200,
  body: JSON.stringify(value),
  type: 'application/json; charset=utf-8',
  headers: options.headers ?? {},
});

export const text = (body: string, type = 'text/plain; charset=utf-8'): Reply => ({
  kind: 'data',
  status: 200,
  body,
  type,
  headers: {},
});

interface FileFacts {
  fileName: string;
  type: string;
  /** Shown in the browser instead of saved; only for types that cannot run script. */
  inline?: boolean;
  sizeBytes?: number;
}

function fileHeaders({ fileName, inline, sizeBytes }: FileFacts): Headers {
  const ascii = fileName.normalize('NFD').replaceAll(/[^\x20-\x7e]|["\\]/g, '') || 'file';
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return {
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    'cache-control': 'private, no-store',
    ...(sizeBytes === undefined ? {} : { 'content-length': String(sizeBytes) }),
  };
}

/** A file from memory (a slip, an export). */
export const download = (body: Buffer | string, facts: FileFacts): Reply => ({
  kind: 'data',
  status: 200,
  body,
  type: facts.type,
  headers: fileHeaders(facts),
});

/** A file streamed from the store. */
export const streamed = (body: Readable, facts: FileFacts): Reply => ({
  kind: 'stream',
  status: 200,
  body,
  type: facts.type,
  headers: fileHeaders(facts),
});
