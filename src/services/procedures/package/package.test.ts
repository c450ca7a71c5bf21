import { readFileSync } from 'node:fs';
import { zipSync, unzipSync, type Zippable } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { importCalendarFile } from '../../../engines/calendar/index.ts';
import { loadProvinceUnits } from '../../../foundation/organisations/index.ts';
import { testApp, type TestApp } from '../../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../../testing/people.ts';
import { fillBirth, postFiles, smallPdf, startAt } from '../../portal/testing.ts';
import { loadProvinceProcedures } from '../load-province.ts';
import { findProcedure, listVersions } from '../procedure-queries.ts';
import { exportPackage } from './export-package.ts';
import { procedureCommand } from './package-commands.ts';
import { readPackage, sha256Of, type FaultKind } from './read-package.ts';

/* Two provinces, each with a database of its own: what one packs, the other takes over. */
const here = await testApp();
const there = await testApp();
const code = '1.001193';
const at = '/quan-tri/thu-tuc/goi';
let admin: SignedIn;

beforeAll(async () => {
  await loadProvinceUnits(here.context);
  await loadProvinceProcedures(here.context);
  await loadProvinceUnits(there.context);
  const file: unknown = JSON.parse(readFileSync('province/nghe-an/calendar.json', 'utf8'));
  await there.db.write((tx) => importCalendarFile(tx, file as never));
  admin = await signedInOfficial(there, ['procedures.manage', 'procedures.edit']);
}, 120_000);

const packed = async (app: TestApp, ...codes: string[]) =>
  (await exportPackage(app.db.reader, app.context.config, { codes, onDate: '2026-11-23' })).bytes;
const upload = (bytes: Buffer) =>
  postFiles(there, admin as never, at, [
    { name: 'file', fileName: 'goi.zip', content: bytes, type: 'application/zip' },
  ]);
const count = async (table: string) =>
  (await there.db.reader.raw<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

/** A package changed file by file; the manifest says the truth about what is there unless it is changed itself. */
async function changed(change: (files: Record<string, Uint8Array>) => void, isTrue = true): Promise<Buffer> {
  const files = unzipSync(new Uint8Array(await packed(here, code)));
  change(files);
  if (isTrue) {
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as { files: object[] };
    manifest.files = Object.entries(files)
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256Of(Buffer.from(bytes)) }));
    files['manifest.json'] = Buffer.from(JSON.stringify(manifest));
  }
  return Buffer.from(zipSync(files as Zippable));
}
const edit = (files: Record<string, Uint8Array>, path: string, change: (value: Record<string, never>) => void) => {
  const value = JSON.parse(Buffer.from(files[path]!).toString()) as Record<string, never>;
  change(value);
  files[path] = Buffer.from(JSON.stringify(value));
};
const faultOf = async (bytes: Buffer): Promise<FaultKind | null> => {
  const read = await readPackage(bytes);
  return 'faults' in read ? read.faults[0]!.kind : null;
};

describe('one procedure, one file', () => {
  test('the same procedure is the same bytes, and everything it needs is in it', async () => {
    const [first, second] = [await packed(here, code), await packed(here, code)];
    expect(first.equals(second)).toBe(true);
    const names = Object.keys(unzipSync(new Uint8Array(first)));
    expect(names).toContain(`procedures/${code}.json`);
    expect(names.some((name) => name.startsWith('forms/'))).toBe(true);
    expect(names).toContain('legal.json');
    const read = await readPackage(first);
    expect('faults' in read ? read.faults : []).toEqual([]);
  });

  test('every procedure of the province can be packed', async () => {
    const rows = await here.db.reader.raw<{ code: string }>('select code from procedures.procedure order by code');
    const read = await readPackage(await packed(here, ...rows.map((row) => row.code)));
    expect('faults' in read ? read.faults : read.procedures.length).toBe(rows.length);
  });

  const twist: [string, FaultKind, () => Promise<Buffer>][] = [
    ['no archive', 'no-zip', () => Promise.resolve(Buffer.from('hello'))],
    ['cut off', 'no-zip', async () => (await packed(here, code)).subarray(0, 900)],
    ['too large', 'too-large', () => Promise.resolve(Buffer.alloc(31 * 1024 * 1024))],
    ['a bomb', 'bomb', () => changed((files) => void (files['templates/x.pdf'] = new Uint8Array(30_000_000)))],
    ['many files', 'too-many', () => changed((files) => { for (let n = 0; n < 1_000; n += 1) files[`templates/x${n}.pdf`] = new Uint8Array(1); })],
    ['a path that climbs out', 'bad-name', () => changed((files) => void (files['../../etc/passwd'] = new Uint8Array(1)))],
    ['an absolute path', 'bad-name', () => changed((files) => void (files['/etc/passwd'] = new Uint8Array(1)))],
    ['a foreign file', 'bad-name', () => changed((files) => void (files['run.sh'] = new Uint8Array(1)))],
    ['no manifest', 'no-manifest', () => changed((files) => void delete files['manifest.json'], false)],
    ['a file that is not listed', 'not-listed', () => changed((files) => void (files['templates/x.pdf'] = new Uint8Array(1)), false)],
    ['a file that is missing', 'missing', () => changed((files) => void delete files['fields.json'], false)],
    ['a changed file', 'wrong-hash', () => changed((files) => edit(files, `procedures/${code}.json`, (value) => void (value['ownCode'] = 'x' as never)), false)],
    ['a foreign field', 'bad-content', () => changed((files) => edit(files, `procedures/${code}.json`, (value) => void (value['admin'] = true as never)))],
    ['a later schema', 'bad-content', () => changed((files) => edit(files, 'manifest.json', (value) => void (value['schema'] = 2 as never)), false)],
    ['a broken form', 'bad-form', () => changed((files) => edit(files, Object.keys(files).find((name) => name.startsWith('forms/'))!, (value) => void delete value['ui']))],
    ['a form that is not there', 'unknown-reference', () => changed((files) => edit(files, `procedures/${code}.json`, (value) => void (value['form'] = 'khong-co' as never)))],
    ['no JSON', 'no-json', () => changed((files) => void (files['legal.json'] = Buffer.from('{')))],
  ];
  test.each(twist)('is refused: %s', async (_name, kind, make) => {
    const bytes = await make();
    expect(await faultOf(bytes)).toBe(kind);
    const before = await count('procedures.package_import');
    const answer = await upload(bytes);
    expect([413, 422]).toContain(answer.statusCode);
    expect(await count('procedures.package_import')).toBe(before);
  });
}); // prettier-ignore

describe('from one province to another', () => {
  test('in under a minute it is published there, and a citizen hands an application in', async () => {
    const started = performance.now();
    const uploaded = await upload(await packed(here, code));
    expect(uploaded.statusCode).toBe(303);
    const to = String(uploaded.headers.location);
    const plan = await admin.get(to);
    expect(plan.body).toContain('Thủ tục mới');
    expect(plan.body).toContain('Mọi xã, phường của tỉnh tiếp nhận');
    expect(await findProcedure(there.db.reader, code, '2026-11-23')).toBeUndefined();
    expect((await admin.post(to, { act: 'apply', mode: 'publish', validFrom: '01/01/2020' })).statusCode).toBe(422);
    expect((await admin.post(to, { act: 'look', 'field:ho-tich': 'x', 'unit:x': 'y', 'role:leader': 'king' })).statusCode).toBe(200);
    const done = await admin.post(to, { act: 'apply', mode: 'publish', validFrom: '23/11/2026' });
    expect(done.statusCode).toBe(303);
    expect((await admin.get(to)).body).toContain('Đã công bố');
    const citizen = await signedInCitizen(there);
    const id = await startAt(there, citizen);
    expect(id).not.toBe('');
    await fillBirth(there, citizen, id);
    await postFiles(there, citizen, `/nop-ho-so/${id}/giay-to`, [
      { name: '_do', value: 'continue' },
      { name: 'paper-giay-chung-sinh', fileName: 'Giấy chứng sinh.pdf', content: smallPdf(id) },
    ]);
    await citizen.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'counter' });
    const sent = await citizen.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id });
    expect(sent.headers.location).toBe(`/nop-ho-so/${id}/da-gui`);
    expect(performance.now() - started).toBeLessThan(60_000);
    const source = (await findProcedure(here.db.reader, code, '2026-11-23'))!;
    const taken = (await findProcedure(there.db.reader, code, '2026-11-23'))!;
    expect(taken.content).toEqual(source.content);
    expect(taken).toMatchObject({ source: 'package', name: source.name, fieldCode: source.fieldCode, levels: source.levels });
    expect((await admin.post(to, { act: 'apply', mode: 'publish', validFrom: '23/11/2026' })).statusCode).toBe(409);
  }, 60_000); // prettier-ignore

  test('again changes nothing; changed, it is the next version; packed there it is what came', async () => {
    const again = await upload(await packed(here, code));
    await admin.post(String(again.headers.location), { act: 'apply', mode: 'publish', validFrom: '23/11/2026' });
    expect((await admin.get(String(again.headers.location))).body).toContain('Đã có, không đổi');
    expect(await listVersions(there.db.reader, code)).toHaveLength(1);
    const other = await changed((files) => edit(files, `procedures/${code}.json`, (value) => void (value['decisionNumber'] = '77/QĐ' as never)));
    const next = await upload(other);
    expect((await admin.get(String(next.headers.location))).body).toContain('đang có phiên bản 1');
    await admin.post(String(next.headers.location), { act: 'apply', mode: 'draft', validFrom: '23/11/2026' });
    const [draft, first] = await listVersions(there.db.reader, code);
    expect(draft).toMatchObject({ number: 2, status: 'draft', decisionNumber: '77/QĐ' });
    expect(first).toMatchObject({ number: 1, status: 'published' });
    const third = await upload(await packed(here, code, '2.000720'));
    const plan = await admin.get(String(third.headers.location));
    expect(plan.body).toContain('Bỏ qua vì đang có bản soạn mở');
    await admin.post(String(third.headers.location), { act: 'discard' });
    expect((await admin.get(at)).body).toContain('Đã bỏ');
  }); // prettier-ignore

  test('what breaks off half way leaves nothing', async () => {
    const before = [await count('procedures.procedure'), await count('forms.form'), await count('procedures.offer')];
    const uploaded = await upload(await packed(here, '1.004194', '1.009397'));
    // Once the first procedure is there, the second is refused: the transaction has to fail as a whole.
    await there.db.reader.raw(
      `create function public.refuse() returns trigger language plpgsql as $f$ begin if exists (select from procedures.procedure where code = '1.004194') then raise exception 'refused'; end if; return new; end $f$`,
    );
    await there.db.reader.raw('create trigger refuse before insert on procedures.procedure_version for each row execute function public.refuse()');
    const failed = await admin.post(String(uploaded.headers.location), { act: 'apply', mode: 'publish', validFrom: '23/11/2026' });
    await there.db.reader.raw('drop trigger refuse on procedures.procedure_version');
    expect(failed.statusCode).toBe(500);
    expect([await count('procedures.procedure'), await count('forms.form'), await count('procedures.offer')]).toEqual(before);
    const done = await admin.post(String(uploaded.headers.location), { act: 'apply', mode: 'publish', validFrom: '23/11/2026' });
    expect(done.statusCode).toBe(303);
    expect(await findProcedure(there.db.reader, '1.009397', '2026-11-23')).toBeDefined();
  }); // prettier-ignore

  test('the command packs and takes over; only who manages procedures may do it on the pages', async () => {
    const file = `${there.context.config.filesFolder}/goi.zip`;
    expect(await procedureCommand.run(here.context, ['export', '1.001612', '--out', file])).toBe(0);
    expect(await procedureCommand.run(there.context, ['import', file, '--check'])).toBe(0);
    expect(await findProcedure(there.db.reader, '1.001612', '2026-11-23')).toBeUndefined();
    expect(await procedureCommand.run(there.context, ['import', file, '--publish'])).toBe(0);
    expect(await findProcedure(there.db.reader, '1.001612', '2026-11-23')).toMatchObject({ source: 'package' });
    expect(await procedureCommand.run(there.context, ['import', 'package.json'])).toBe(1);
    expect(await procedureCommand.run(there.context, ['export'])).toBe(2);
    const clerk = await signedInOfficial(there, ['procedures.edit']);
    expect((await clerk.get(at)).statusCode).toBe(403);
    expect((await admin.post(`${at}/xuat`, { codes: 'x' })).statusCode).toBe(422);
    const zip = await admin.post(`${at}/xuat`, { codes: `${code}, 1.001612` });
    expect(zip.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await admin.get(`/quan-tri/thu-tuc/${code}/goi.zip`)).statusCode).toBe(200);
  }, 60_000);
});
