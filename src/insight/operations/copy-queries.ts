import { statement, type Reader } from '../../platform/database.ts';

export interface CopiedObject {
  key: string;
  sealedBytes: number;
  sealedSha256: Buffer;
}

const known = statement('operations.list_known_copies', `select key from operations.copied_object where key = any($1)`);
const note = statement(
  'operations.note_copy',
  `insert into operations.copied_object (key, sealed_bytes, sealed_sha256, copied_at) values ($1, $2, $3, now())
   on conflict (key) do update set sealed_bytes = excluded.sealed_bytes, sealed_sha256 = excluded.sealed_sha256, copied_at = excluded.copied_at`,
);
const forget = statement('operations.forget_copy', `delete from operations.copied_object where key = any($1)`);
const page = statement(
  'operations.list_copies',
  `select key, sealed_bytes as "sealedBytes", sealed_sha256 as "sealedSha256" from operations.copied_object where key > $1 order by key limit 1000`,
);
const newest = statement('operations.newest_copy', `select max(copied_at) as at from operations.copied_object`);

export async function knownCopies(reader: Reader, keys: readonly string[]): Promise<Set<string>> {
  return new Set((await reader.run<{ key: string }>(known, [keys])).map((row) => row.key));
}
/* Written without a transaction of the domain: what is noted here is about files elsewhere, and is only ever repeated. */
export const noteCopy = (reader: Reader, object: CopiedObject): Promise<object[]> =>
  reader.run(note, [object.key, object.sealedBytes, object.sealedSha256]);
export const forgetCopies = (reader: Reader, keys: readonly string[]): Promise<object[]> => reader.run(forget, [keys]);
export async function newestCopy(reader: Reader): Promise<Date | null> {
  return (await reader.run<{ at: Date | null }>(newest))[0]?.at ?? null;
}

/** Every object that was copied, by name. */
export async function* walkCopies(reader: Reader): AsyncGenerator<CopiedObject> {
  for (let after = ''; ;) {
    const rows = await reader.run<CopiedObject>(page, [after]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1_000) return;
    after = last.key;
  }
}
