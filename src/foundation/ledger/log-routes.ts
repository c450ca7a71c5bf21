import { notFound, problem } from '../../platform/problems.ts';
import type { Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { ENTRY_BYTES } from './event-record.ts';
import { findNewestCheckpoint } from './checkpoint-queries.ts';
import { HASH_BYTES } from './merkle.ts';
import { findBundle, getHead, listTiles } from './ledger-queries.ts';
import { parseTilePath, widthIn } from './tiles.ts';

const LONG = 'public, max-age=31536000, immutable';
const ANYWHERE = { 'access-control-allow-origin': '*' };

/** The log as monitors, witnesses and auditors read it: C2SP tlog-tiles. Nothing in it names anybody. */
export function logRoutes(web: Web): void {
  const machine = { access: 'public', machine: true } as const;
  web.get(paths.ledgerCheckpoint, machine, async ({ reader }) => {
    const newest = await findNewestCheckpoint(reader);
    if (!newest) throw problem(notFound);
    return answer(Buffer.from(newest.note), 'text/plain; charset=utf-8', 'public, max-age=1');
  });
  web.get(`${paths.ledgerTiles()}/*`, machine, sendTile);
}

async function sendTile({ params, reader }: WebRequest): Promise<Reply> {
  const asked = parseTilePath(params['*'] ?? '');
  if (!asked) throw problem(notFound);
  const { level, number, width } = asked;
  const place = { level: level === 'entries' ? 0 : level, number };
  const { size } = await getHead(reader);
  if (widthIn(size, place) < width) throw problem(notFound);
  const bytes = level === 'entries' ? await bundleBytes() : await tileBytes();
  if (!bytes) throw problem(notFound);
  return answer(bytes, 'application/octet-stream', LONG);

  async function tileBytes(): Promise<Buffer | null> {
    const [tile] = await listTiles(reader, [place]);
    return tile && tile.hashes.length >= width * HASH_BYTES ? tile.hashes.subarray(0, width * HASH_BYTES) : null;
  }
  async function bundleBytes(): Promise<Buffer | null> {
    const bundle = await findBundle(reader, number);
    if (!bundle || bundle.entries.length < width * ENTRY_BYTES) return null;
    const length = Buffer.of(0, ENTRY_BYTES);
    const parts = Array.from({ length: width }, (_, at) => [
      length,
      bundle.entries.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES),
    ]);
    return Buffer.concat(parts.flat());
  }
}

const answer = (body: Buffer, type: string, caching: string): Reply => ({
  kind: 'data',
  status: 200,
  body,
  type,
  headers: { 'cache-control': caching, ...ANYWHERE },
});
