import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { generateX25519Identity } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import { checkCopy, copyAway, fetchCopy, readInventory } from './copy-away.ts';
import { copyPlace, prepareFolder } from './copy-place.ts';
import { newKeys, readPrivateKeys, seal, unseal } from './seal.ts';

const db = await testDatabase();
const folderOf = (name: string) => mkdtempSync(join(tmpdir(), `sen-${name}-`));
const { publicKey, privateKey } = await newKeys();
const text = 'Đơn đề nghị cấp bản sao trích lục · 040190000017';
const large = Buffer.alloc(300_000, 'hồ sơ ');
const sealed = async (bytes: Buffer | string) => buffer(await seal(Readable.from([Buffer.from(bytes)]), [publicKey]));
const opened = async (bytes: Buffer, keys: readonly string[] = [privateKey]) =>
  buffer(await unseal(Readable.from([bytes]), keys));

describe('a sealed stream', () => {
  test('is opened by its private key, byte for byte, and shows nothing without it', async () => {
    for (const content of ['', text, large]) {
      const closed = await sealed(content);
      expect((await opened(closed)).equals(Buffer.from(content))).toBe(true);
      expect(closed.includes('040190000017')).toBe(false);
    }
  });
  test('is opened by each of several keys', async () => {
    const other = await newKeys();
    const closed = await buffer(await seal(Readable.from([Buffer.from(text)]), [publicKey, other.publicKey]));
    for (const key of [privateKey, other.privateKey]) expect((await opened(closed, [key])).toString()).toBe(text);
  });
  test('is refused by another key, when it was changed anywhere, cut, lengthened, or is none', async () => {
    const closed = await sealed(large);
    await expect(opened(closed, [await generateX25519Identity()])).rejects.toThrow('does not fit');
    for (const at of [30, 120, 200, 1_000, 150_000, closed.length - 1]) {
      const damaged = Buffer.from(closed);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await expect(opened(damaged)).rejects.toThrow(/./);
    }
    for (const length of [0, 10, 150, 65_000, closed.length - 1])
      await expect(opened(closed.subarray(0, length))).rejects.toThrow(/./);
    await expect(opened(Buffer.concat([closed, Buffer.from('x')]))).rejects.toThrow(/./);
    await expect(opened(Buffer.from(text))).rejects.toThrow('damaged or is no sealed copy');
  });
  test('is not made for nobody; a file of keys is read as age-keygen writes it', async () => {
    await expect(seal(Readable.from([]), [])).rejects.toThrow('No public key');
    const file = join(folderOf('key'), 'key.txt');
    writeFileSync(file, `# created: 2026-11-28\n# public key: ${publicKey}\n${privateKey}\n`);
    expect(await readPrivateKeys(file)).toEqual([privateKey]);
    writeFileSync(file, 'nothing');
    await expect(readPrivateKeys(file)).rejects.toThrow('holds no private key');
    await expect(readPrivateKeys('/nowhere/key')).rejects.toThrow('cannot be read');
  });
});

function backups(): string {
  const root = folderOf('backups');
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  put('daily/20261127T183000Z/manifest.json', '{}');
  put('daily/20261127T183000Z/db/dossiers.dossier.copy.gz', text);
  put('daily/20261128T183000Z/db/unfinished.copy.gz', 'x');
  put('wal/000000010000000000000002.gz', large);
  put('wal/000000010000000000000003', 'not compressed yet');
  put('files/abc/abcdef', text);
  put('drill/1/data/secret', 'x');
  return root;
}

describe('the second place', () => {
  const kinds: [string, (folder: string) => Promise<string>][] = [
    ['a folder', async (folder) => (await prepareFolder(folder), folder)],
    [
      'a command',
      async (folder) => {
        const program = join(folder, 'copy.sh');
        writeFileSync(
          program,
          `#!/bin/sh\nset -e\nf="${folder}/store/$2"\ncase $1 in\nput) mkdir -p "$(dirname "$f")"; cat > "$f" ;;\nget) cat "$f" ;;\nremove) rm "$f" ;;\nesac\n`,
        );
        chmodSync(program, 0o700);
        return `command:${program}`;
      },
    ],
  ];
  test.each(kinds)('%s takes sealed copies of what is whole, once, and gives them back', async (_name, prepare) => {
    await db.reader.raw('delete from operations.copied_object');
    const [root, folder, back] = [backups(), folderOf('second'), folderOf('back')];
    const place = copyPlace(await prepare(folder));
    const options = { root, recipients: [publicKey], isWhole: true };
    expect(await copyAway(db.reader, place, options)).toMatchObject({ copied: 4, removed: 0 });
    expect(await copyAway(db.reader, place, options)).toMatchObject({ copied: 0, removed: 0 });
    expect((await readInventory(place)).map((object) => object.key)).toEqual([
      'daily/20261127T183000Z/db/dossiers.dossier.copy.gz.age',
      'daily/20261127T183000Z/manifest.json.age',
      'files/abc/abcdef.age',
      'wal/000000010000000000000002.gz.age',
    ]);
    expect(await checkCopy(place)).toEqual({ objects: 4, wrong: [] });
    expect(await fetchCopy(place, back, [privateKey])).toBe(4);
    expect(readFileSync(join(back, 'wal/000000010000000000000002.gz')).equals(large)).toBe(true);
    expect(await fetchCopy(place, back, [privateKey])).toBe(0);

    rmSync(join(root, 'wal/000000010000000000000002.gz'));
    expect(await copyAway(db.reader, place, options)).toMatchObject({ copied: 0, removed: 1 });
    expect(await readInventory(place)).toHaveLength(3);
  });

  test('is checked without the private key: what is missing, changed or exchanged is named', async () => {
    await db.reader.raw('delete from operations.copied_object');
    const [root, folder] = [backups(), folderOf('second')];
    await prepareFolder(folder);
    const place = copyPlace(folder);
    await copyAway(db.reader, place, { root, recipients: [publicKey], isWhole: true });
    const file = join(folder, 'files/abc/abcdef.age');
    writeFileSync(file, await sealed('another content, sealed for the same key'));
    rmSync(join(folder, 'wal/000000010000000000000002.gz.age'));
    expect((await checkCopy(place)).wrong).toEqual([
      'files/abc/abcdef.age differs',
      'wal/000000010000000000000002.gz.age is missing',
    ]);
    const back = folderOf('back');
    await expect(fetchCopy(place, back, [privateKey])).rejects.toThrow(/abcdef.age is not what was copied/);
    expect(existsSync(join(back, 'files/abc/abcdef'))).toBe(false);
    await expect(fetchCopy(place, folderOf('back'), [await generateX25519Identity()])).rejects.toThrow('does not fit');
  });

  test('that is not mounted, or whose command fails, is one sentence, and nothing counts as copied', async () => {
    await db.reader.raw('delete from operations.copied_object');
    const root = backups();
    const options = { root, recipients: [publicKey], isWhole: true };
    const empty = folderOf('unmounted');
    await expect(copyAway(db.reader, copyPlace(empty), options)).rejects.toThrow('not mounted, or not prepared');
    expect(readdirSync(empty)).toEqual([]);
    const program = join(folderOf('command'), 'fails.sh');
    writeFileSync(program, '#!/bin/sh\necho "the line is down" >&2\nexit 7\n');
    chmodSync(program, 0o700);
    await expect(copyAway(db.reader, copyPlace(`command:${program}`), options)).rejects.toThrow(
      /ended with 7: the line is down/,
    );
    await expect(copyAway(db.reader, copyPlace('command:/nowhere/at/all'), options)).rejects.toThrow(
      /cannot be started/,
    );
    expect(await db.reader.raw('select key from operations.copied_object')).toEqual([]);
  });

  test('cannot lead a restore out of its folder', async () => {
    const folder = folderOf('hostile');
    await prepareFolder(folder);
    for (const key of ['../../etc/cron.d/x.age', '/etc/passwd.age', 'files/../../x.age']) {
      writeFileSync(join(folder, 'inventory.jsonl'), `${JSON.stringify([key, 1, '00'])}\n`);
      await expect(fetchCopy(copyPlace(folder), folderOf('back'), [privateKey])).rejects.toThrow('cannot be');
    }
    writeFileSync(join(folder, 'inventory.jsonl'), '["x"]\n');
    await expect(readInventory(copyPlace(folder))).rejects.toThrow('cannot be read');
  });
});
