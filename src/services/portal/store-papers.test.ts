import { beforeAll, expect, test } from 'vitest';
import { fileKinds, storeBytes } from '../../foundation/files/index.ts';
import { insertCitizen } from '../../foundation/identity/testing.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { testApp } from '../../testing/app.ts';
import { answerDelegation, proposeDelegation, withdrawDelegation } from '../delegations/index.ts';
import { aCitizen } from '../dossiers/testing.ts';
import { keepPaper } from '../paperstore/index.ts';
import type { PaperSlot } from './application.ts';
import type { OpenApplication } from './open-application.ts';
import { hiddenPairs, loadProvince, postFiles, smallPdf, startAt, type PartOfForm } from './testing.ts';
import { storesOf, suggestionsFor, takeFromStores } from './store-papers.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { config } = app.context;
const limits = { kinds: ['pdf'], maxBytes: 1_000_000, maxFiles: 10, maxTotalBytes: 10_000_000 };
const slot: PaperSlot = {
  key: 'giay-chung-sinh',
  name: { vi: 'Giấy chứng sinh' },
  group: null,
  note: null,
  isRequired: true,
  template: null,
  replacesPaperId: null,
  componentCode: 'giay-chung-sinh',
  files: [],
};

/** A giver with two stored papers, a delegate with these rights, and an application that the delegate makes for the giver. */
async function onBehalf(rights: { submit: boolean; see: boolean; receive: boolean }) {
  const [giver, delegate] = await app.db.write(async (tx) => [
    await insertCitizen(tx, { name: 'Người Giao' }),
    await insertCitizen(tx, { name: 'Người Nhận' }),
  ]);
  const kind = fileKinds.find((each) => each.kind === 'pdf')!;
  const blob = await storeBytes(config.filesFolder, Buffer.from(`%PDF ${giver!.id}`), { kind, fileName: 'a.pdf' });
  const facts = { number: null, issuer: null, issuedOn: null, validUntil: null };
  const [fitting, other] = await app.db.write(async (tx) => [
    await keepPaper(tx, giver!.id, { ...facts, kind: 'giay-chung-sinh', name: 'Giấy chứng sinh' }, blob),
    await keepPaper(tx, giver!.id, { ...facts, kind: 'hoc-ba', name: 'Học bạ' }, blob),
  ]);
  const delegationId = await app.db.write(async (tx) => {
    const id = await proposeDelegation(tx, aCitizen(giver!.id), {
      otherAccountId: delegate!.id,
      ward: null,
      kind: 'relative',
      relation: 'con',
      scope: 'procedure',
      scopeValues: ['1.001193'],
      rights,
      validFrom: '2026-11-23',
      validTo: null,
      papers: [],
      initiator: 'giver',
    });
    await answerDelegation(tx, aCitizen(delegate!.id), id, true);
    return id;
  });
  const open = {
    application: { id: giver!.id },
    applicant: { accountId: giver!.id, delegationId, name: 'Người Giao' },
    procedure: { code: '1.001193', fieldCode: null, name: { vi: 'Đăng ký khai sinh' } },
    dossier: null,
  } as unknown as OpenApplication;
  const actor = { ...aCitizen(delegate!.id), label: 'Người Nhận' };
  return { giver: giver!, actor, open, fitting: fitting!, other: other!, delegationId };
}

const now = () => app.db.clock.now();

test('a delegate who may submit and see takes what the checklist asks for, nothing else, and the giver sees that', async () => {
  const { giver, actor, open, fitting, other, delegationId } = await onBehalf({
    submit: true,
    see: true,
    receive: false,
  });
  const stores = await storesOf(app.db.reader, actor, open, now());
  expect(stores.map((store) => store.ownerName)).toEqual(['Người Giao', null]);
  const { bySlot } = await suggestionsFor(app.db.reader, config, stores, [slot], limits);
  expect(bySlot.get(slot.key)?.map((paper) => paper.id)).toEqual([fitting]);
  const take = (paperId: string) =>
    app.db.write((tx) =>
      takeFromStores(tx, config, actor, open, stores, {
        place: { asks: slot.name.vi, about: 'Đăng ký khai sinh', limits },
        paperId,
      }),
    );
  await expect(take(other)).rejects.toThrow('paperstore.not-found');
  expect((await take(fitting)).blob.fileName).toBe('a.pdf');
  const readings = await app.db.reader.raw<{ work: string }>(
    `select work from readings.reading where account_id = $1 and subject_kind = 'paper'`,
    [giver.id],
  );
  expect(readings).toEqual([{ work: 'delegate' }]);
  await app.db.write((tx) => withdrawDelegation(tx, aCitizen(giver.id), delegationId, null));
  expect((await storesOf(app.db.reader, actor, open, now())).map((store) => store.ownerName)).toEqual([null]);
});

test('without the right to see, or for another procedure, the giver’s store stays shut', async () => {
  const submitOnly = await onBehalf({ submit: true, see: false, receive: false });
  expect(await storesOf(app.db.reader, submitOnly.actor, submitOnly.open, now())).toHaveLength(1);
  const wide = await onBehalf({ submit: true, see: true, receive: true });
  const elsewhere = { ...wide.open, procedure: { ...wide.open.procedure, code: '1.012783' } };
  expect(await storesOf(app.db.reader, wide.actor, elsewhere, now())).toHaveLength(1);
});

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

const rowsOf = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  app.db.reader.raw<Row>(sql, values);

/** A person with stored papers and an application whose page of the dwelling asks for files. */
async function dwelling() {
  const person = await signedInCitizen(app);
  const add = async (kind: string, fileName: string, content: Buffer): Promise<string> => {
    const parts = Object.entries({ loai: kind, ten: '', so: '', 'noi-cap': '', 'ngay-cap': '', 'het-han': '' });
    const sent = await postFiles(app, person, '/tai-khoan/giay-to/moi', [
      ...parts.map(([name, value]) => ({ name, value })),
      { name: 'tep', fileName, content },
    ]);
    return /giay-to\/([0-9a-f-]{36})/.exec(sent.headers.location ?? '')?.[1] ?? '';
  };
  const lease = await add('cu-tru', 'thue-nha.pdf', smallPdf('thuê nhà'));
  const school = await add('hoc-ba', 'hoc-ba.pdf', smallPdf('học bạ'));
  const id = await startAt(app, person, '1.004194');
  const url = `/nop-ho-so/${id}/to-khai/cho-o`;
  const press = async (command: string, typed: Record<string, string> = {}, more: PartOfForm[] = []) => {
    const hidden = hiddenPairs((await person.get(url)).body).filter(([name]) => name !== '_csrf' && name !== 'key');
    const fields = [...hidden, ...Object.entries(typed), ['_do', command] as const];
    return postFiles(app, person, url, [...fields.map(([name, value]) => ({ name, value })), ...more]);
  };
  const kept = async () =>
    (
      await rowsOf<{ v: string[] | null }>(
        `select d.answers->'dwellingProof' as v from forms.draft d join portal.application a on a.draft_id = d.id where a.id = $1`,
        [id],
      )
    )[0]?.v ?? [];
  return { person, id, url, lease, school, add, press, kept, choice: `${url}/kho-giay-to/dwellingProof` };
}

test('a file question takes a paper of the store at once, keeps what was typed, and the paper says where it was used', async () => {
  const { person, id, url, lease, press, kept } = await dwelling();
  const shown = await person.get(url);
  expect(shown.body).toContain(`take:dwellingProof:${lease}`);
  expect(shown.body).toContain('Lấy từ kho giấy tờ của tôi');
  const taken = await press(`take:dwellingProof:${lease}`, {
    'dwelling-detail': 'Ngõ Bà Chủ',
    dwellingArea: 'không rõ',
  });
  expect(taken.statusCode).toBe(200);
  for (const part of ['thue-nha.pdf', 'từ kho dữ liệu điện tử cá nhân', 'Ngõ Bà Chủ', 'không rõ'])
    expect(taken.body).toContain(part);
  expect(await kept()).toHaveLength(1);
  const again = await person.get(url);
  expect(again.body).toContain('thue-nha.pdf');
  expect(again.body).not.toContain(`take:dwellingProof:${lease}`);
  expect(again.body).toContain('23/11/2026');
  const check = (await person.get(`/nop-ho-so/${id}/kiem-tra`)).body;
  expect(check).toContain('thue-nha.pdf</a> (từ kho dữ liệu');
  const opened = /href="([^"]*)"[^>]*>thue-nha\.pdf</.exec(check)?.[1] ?? '';
  expect((await person.get(opened)).headers['content-type']).toBe('application/pdf');
  const paper = await person.get(`/tai-khoan/giay-to/${lease}`);
  expect(paper.body).toContain('Giấy tờ về chỗ ở (hợp đồng thuê, mượn…)');
  const english = await person.get(`/en${url}`);
  expect(english.body).toContain('from the personal data store');
});

test('any paper of one’s own can be chosen on a page of its own; what it does not take is refused in words', async () => {
  const { person, choice, url, school, lease, add, press, kept } = await dwelling();
  const unread = await press('store:dwellingProof', { dwellingArea: 'không rõ' });
  expect(unread.statusCode, 'what could not be read is corrected before the page is left').toBe(422);
  expect(unread.body).toContain('không rõ');
  const sent = await press('store:dwellingProof', { dwellingArea: '77,5' });
  expect(sent.headers.location).toBe(choice);
  const page = await person.get(choice);
  expect(page.body).toContain('Học bạ');
  expect(page.body.indexOf(lease)).toBeLessThan(page.body.indexOf(school));
  expect((await person.get(`${choice}?tim=học+bạ`)).body).not.toContain(lease);
  expect((await person.post(choice, {})).statusCode).toBe(422);
  const chosen = await person.post(choice, { 'giay-to': school });
  expect(chosen.headers.location).toBe(`${url}#f-dwellingProof`);
  expect((await person.get(url)).body).toContain('77,5');
  const word = await add('khac', 'ghi-chu.docx', smallPdf('not really'));
  expect(word, 'the store itself refuses what is no picture and no PDF').toBe('');
  for (const paper of [lease, school]) await person.post(choice, { 'giay-to': paper });
  const full = await person.post(choice, { 'giay-to': lease });
  expect(full.statusCode).toBe(422);
  expect(full.body).toContain('nhiều nhất 3 tệp');
  expect(await kept()).toHaveLength(3);

  const stranger = await dwelling();
  expect((await person.post(choice, { 'giay-to': stranger.lease })).statusCode).toBe(422);
  expect((await stranger.person.get(choice)).statusCode).toBe(404);
  expect((await stranger.person.post(choice, { 'giay-to': stranger.lease })).statusCode).toBe(404);
  for (const at of ['ownerName', 'dwellingProof.0', '__proto__', 'a.b.c.d', 'dwellingProof.0.x'])
    expect((await person.get(`${url}/kho-giay-to/${at}`)).statusCode, at).toBe(404);
  for (const command of [
    'store:ownerName',
    'take:dwellingProof:1',
    'take:__proto__:x',
    `take:dwellingProof:${'9'.repeat(300)}`,
  ])
    expect((await press(command)).statusCode, command).toBeLessThan(500);
});

test('a picture too large, or of a kind the question does not take, is neither offered nor taken', async () => {
  const person = await signedInCitizen(app);
  const blob = async (kindName: string, fileName: string) =>
    storeBytes(config.filesFolder, Buffer.from(`x${fileName}`), {
      kind: fileKinds.find((each) => each.kind === kindName)!,
      fileName,
    });
  const facts = { kind: 'anh-the', name: 'Ảnh thẻ', number: null, issuer: null, issuedOn: null, validUntil: null };
  const big = { ...(await blob('jpeg', 'to.jpg')), sizeBytes: 6_000_000 };
  const [pdf, large, right] = await app.db.write(async (tx) => [
    await keepPaper(tx, person.account.id, facts, await blob('pdf', 'anh.pdf')),
    await keepPaper(tx, person.account.id, facts, big),
    await keepPaper(tx, person.account.id, facts, await blob('jpeg', 'vua.jpg')),
  ]);
  const [offer] = await rowsOf<{ id: string }>(
    `select o.id from procedures.offer o join procedures.procedure p on p.id = o.procedure_id where p.code = '1.001456' limit 1`,
  );
  const started = await person.post('/thu-tuc-hanh-chinh/1.001456/nop', { offer: offer!.id });
  const id = /nop-ho-so\/([0-9a-f-]{36})/.exec(started.headers.location ?? '')?.[1] ?? '';
  const url = `/nop-ho-so/${id}/to-khai/noi-dung`;
  const { body } = await person.get(url);
  expect(body).toContain(`take:portrait:${right}`);
  for (const paper of [pdf, large]) {
    expect(body).not.toContain(`take:portrait:${paper}`);
    expect((await person.post(`${url}/kho-giay-to/portrait`, { 'giay-to': paper! })).statusCode).toBe(422);
  }
  for (const paper of [right, right]) await person.post(`${url}/kho-giay-to/portrait`, { 'giay-to': paper! });
  const [draft] = await rowsOf<{ v: string[] }>(
    `select d.answers->'portrait' as v from forms.draft d join portal.application a on a.draft_id = d.id where a.id = $1`,
    [id],
  );
  expect(draft?.v, 'one is wanted: the later takes the place of the earlier').toHaveLength(1);
});
