import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { publishForm, type FormDefinition } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { fillBirth, loadProvince, postFiles, smallPdf, startAt } from './testing.ts';

const app = await testApp();
const birth = () => JSON.parse(readFileSync('province/nghe-an/forms/dang-ky-khai-sinh.json', 'utf8')) as FormDefinition;

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

/** The birth form without the question about who registers, with another type for the ethnic group, and a new question. */
function nextVersion(mark: string): FormDefinition {
  const form = birth();
  form.title.vi = `Tờ khai đăng ký khai sinh ${mark}`;
  const child = form.ui.pages[1]!.groups[0]!;
  child.fields = child.fields.map((field) =>
    field.name === 'childEthnicity' && field.type === 'text'
      ? { name: field.name, type: 'yesNo' as const, label: field.label }
      : field,
  );
  child.fields.push({
    name: `moi${mark}`,
    type: 'text',
    label: { vi: 'Nhóm máu', en: 'Blood group' },
    required: false,
  });
  return form;
}

describe('a draft meets a new version of its form', () => {
  test('is told, may stay until the day, and moves without losing an answer silently', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    await fillBirth(app, person, id);
    const today = localDate(app.db.clock.now());
    const until = localDate(new Date(app.db.clock.now().getTime() + 3 * 86_400_000));
    await app.db.write((tx) =>
      publishForm(tx, { definition: nextVersion('A'), validFrom: today, earlierUntil: until }),
    );
    expect((await person.get(`/nop-ho-so/${id}/kiem-tra`)).body).toContain('Tờ khai này có phiên bản mới');
    const choice = await person.get(`/nop-ho-so/${id}/phien-ban-moi`);
    for (const part of ['Dân tộc', 'Kinh', 'Câu này nay trả lời theo cách khác', 'Nhóm máu', 'Làm tiếp phiên bản cũ'])
      expect(choice.body).toContain(part);
    const stay = await person.post(`/nop-ho-so/${id}/phien-ban-moi`, { do: 'stay' });
    expect(stay.headers.location).not.toContain('phien-ban-moi');
    const version = /name="version" value="(\d+)"/.exec(choice.body)![1]!;
    expect((await person.post(`/nop-ho-so/${id}/phien-ban-moi`, { do: 'move', version })).statusCode).toBe(303);
    const moved = await person.get(`/nop-ho-so/${id}/phien-ban-moi`);
    expect(moved.body).toContain('Đã chuyển sang phiên bản mới');
    expect(moved.body).toContain('Kinh');
    expect((await person.get(`/nop-ho-so/${id}/to-khai/tre-em`)).body).toContain('Nguyễn Minh Khôi');
    // What was told stays until it is seen.
    await person.post(`/nop-ho-so/${id}/phien-ban-moi`, { do: 'seen' });
    expect((await person.get(`/nop-ho-so/${id}/phien-ban-moi`)).statusCode).toBe(303);
  });
  test('after that day it has to move before it can be sent', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    await app.db.write((tx) =>
      publishForm(tx, {
        definition: nextVersion('B'),
        earlierUntil: '2000-01-01',
        validFrom: localDate(app.db.clock.now()),
      }),
    );
    expect((await person.get(`/nop-ho-so/${id}`)).headers.location).toBe(`/nop-ho-so/${id}/phien-ban-moi`);
    expect((await person.get(`/nop-ho-so/${id}/phien-ban-moi`)).body).not.toContain('Làm tiếp phiên bản cũ');
    await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
      { name: '_do', value: 'continue' },
      { name: 'paper-giay-chung-sinh', fileName: 'a.pdf', content: smallPdf(id) },
    ]);
    expect((await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id })).headers.location).toBe(
      `/nop-ho-so/${id}/phien-ban-moi`,
    );
  });
  test('nobody else sees or moves it', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const other = await signedInCitizen(app);
    for (const page of ['phien-ban-moi', 'may-khac', 'xac-nhan']) {
      expect((await other.get(`/nop-ho-so/${id}/${page}`)).statusCode).toBe(404);
      expect((await other.post(`/nop-ho-so/${id}/${page}`, { do: 'move' })).statusCode).toBe(404);
    }
  });
});

describe('going on with another device', () => {
  test('the same account scans and is at its form; another one is not', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const shown = await person.post(`/nop-ho-so/${id}/may-khac`, {});
    expect(shown.body).toContain('<svg class="sen-qr"');
    const token = /\/lam-tiep\/([\w-]{20,60})/.exec(shown.body)![1]!;
    expect((await person.get(`/lam-tiep/${token}`)).headers.location).toBe(`/nop-ho-so/${id}`);
    const other = await signedInCitizen(app);
    expect((await other.get(`/lam-tiep/${token}`)).statusCode).toBe(404);
    await person.post(`/nop-ho-so/${id}/may-khac`, {});
    expect((await person.get(`/lam-tiep/${token}`)).statusCode).toBe(404);
  });
  test('what a clerk began goes into the account of whoever has link and code, once; five wrong codes end it', async () => {
    const offers = await app.db.reader.raw<{ unit: string; offer: string }>(
      `select o.receiving_unit_id as unit, o.id as offer from procedures.offer o join procedures.procedure p on p.id = o.procedure_id where p.code = '1.001193' limit 1`,
    );
    const clerk = await signedInOfficial(app, ['dossiers.receive', 'dossiers.view'], { unitId: offers[0]!.unit });
    const begun = await clerk.post('/lam-viec/mot-cua/tiep-nhan/1.001193', {
      offerId: offers[0]!.offer,
      delivery: 'counter',
      channel: 'counter',
      kind: 'citizen',
      name: 'Võ Thị Mai',
      identity: '040190000014',
      phone: '0912345679',
    });
    const intake = /ho-so\/([0-9a-f-]{36})/.exec(begun.headers.location ?? '')?.[1] ?? '';
    expect(intake, begun.body.slice(0, 3_000)).not.toBe('');
    const offer = async () => {
      const ticket = await clerk.post(`/lam-viec/mot-cua/tiep-nhan/ho-so/${intake}/ban-giao`, {});
      return {
        token: /\/lam-tiep\/([\w-]{20,60})/.exec(ticket.body)![1]!,
        code: /sen-big-code">([2-9A-Z]{6})</.exec(ticket.body)![1]!,
      };
    };
    const first = await offer();
    const mother = await signedInCitizen(app);
    expect((await mother.get(`/lam-tiep/${first.token}`)).body).toContain('Nhận tờ khai đang điền dở');
    expect((await mother.post(`/lam-tiep/${first.token}`, { code: '' })).statusCode).toBe(422);
    // The fifth wrong code ends the link.
    for (const status of [422, 422, 422, 422, 404])
      expect((await mother.post(`/lam-tiep/${first.token}`, { code: 'AAAAAA' })).statusCode).toBe(status);
    expect((await mother.post(`/lam-tiep/${first.token}`, { code: first.code })).statusCode).toBe(404);
    const second = await offer();
    const taken = await mother.post(`/lam-tiep/${second.token}`, { code: ` ${second.code.toLowerCase()} ` });
    expect(taken.headers.location).toMatch(/^\/nop-ho-so\//);
    expect((await mother.post(`/lam-tiep/${second.token}`, { code: second.code })).statusCode).toBe(404);
    expect((await mother.get('/tai-khoan/ban-nhap')).body).toContain('Đăng ký khai sinh');
  });
});
