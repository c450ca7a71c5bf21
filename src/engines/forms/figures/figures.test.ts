import { describe, expect, test } from 'vitest';
import { testApp } from '../../../testing/app.ts';
import { signedInOfficial } from '../../../testing/people.ts';
import { addUpFigures, expireDrafts } from '../form-jobs.ts';
import { publishForm } from '../publish-form.ts';
import { discardDraft, saveDraft, startDraft } from '../save-draft.ts';
import { submitForm } from '../submit-form.ts';
import { aForm, textField } from '../testing.ts';
import { readFigures } from './figure-queries.ts';
import { medianOf } from './figures-of.ts';
import { questionOf, recordVisit } from './record-visit.ts';

const app = await testApp();
const owner = { kind: 'citizen' as const, id: '019ab000-0000-7000-8000-00000000f001' };
const code = 'bieu-so-lieu';

async function published(): Promise<string> {
  const definition = { ...aForm([[textField('first'), textField('second')], [textField('third')]]), code };
  return (await app.db.write((tx) => publishForm(tx, { definition }))).formVersionId;
}

const today = () => app.db.clock.now().toISOString().slice(0, 10);
const measure = async (id: string, name: string, question = '') =>
  (await readFigures(app.db.reader, [id], '2000-01-01', '2100-01-01'))
    .filter((row) => row.measure === name && row.question === question)
    .reduce((sum, row) => sum + row.amount, 0);

describe('what happens at pages is counted', () => {
  test('started, refused with its questions, passed with its time, left with its question, sent; and no name or answer anywhere', async () => {
    const id = await published();
    const page = 'trang-1';
    const subject = { kind: 'test', id: '1' };
    const left = await app.db.write((tx) => startDraft(tx, { owner, formVersionId: id, subject }));
    const shown = (app.db.clock.now().getTime() - 45_000).toString(36);
    await app.db.write(async (tx) => {
      await recordVisit(tx, {
        formVersionId: id,
        page,
        outcome: 'refused',
        errors: [
          { at: 'rows.3.name', message: { vi: '', en: '' } },
          { at: 'second', message: { vi: '', en: '' } },
        ],
        shown,
      });
      await recordVisit(tx, { formVersionId: id, page, outcome: 'passed', shown });
      for (const wrong of ['', 'zzzzzzzzzzzzzzzzzzzz', '-1', (tx.now.getTime() + 60_000).toString(36)])
        await recordVisit(tx, { formVersionId: id, page, outcome: 'passed', shown: wrong });
      await saveDraft(tx, { id: left.id, owner, expectedVersion: 1, values: { first: 'Bí mật của Lan' }, page });
      await discardDraft(tx, left.id, owner);
      await submitForm(tx, { formVersionId: id, values: { first: 'a', second: 'b', third: 'c' } });
    });
    expect(await measure(id, 'started')).toBe(1);
    expect(await measure(id, 'passed')).toBe(5);
    expect(await measure(id, 'seconds')).toBe(45);
    expect(await measure(id, 'time-2')).toBe(1);
    expect(await measure(id, 'refused', 'rows.name')).toBe(1);
    expect(await measure(id, 'left', 'second')).toBe(1);
    expect(await measure(id, 'sent')).toBe(1);
    const stored = await app.db.reader.raw<{ row: string }>('select v::text as row from forms.visit v');
    expect(stored.map((row) => row.row).join()).not.toMatch(/Bí mật|019ab000-0000-7000-8000-00000000f001|\d{2}:\d{2}/);
  });
  test('adding up at night changes no figure and leaves no visit behind; twice is once', async () => {
    const id = await published();
    const before = (await readFigures(app.db.reader, [id], '2000-01-01', '2100-01-01'))
      .map((row) => JSON.stringify(row))
      .sort();
    app.db.clock.advance(86_400_000);
    const context = { ...app.context, requestId: 'test' };
    expect(await addUpFigures(context)).toBeGreaterThan(0);
    expect(await addUpFigures(context)).toBe(0);
    const after = (await readFigures(app.db.reader, [id], '2000-01-01', '2100-01-01'))
      .map((row) => JSON.stringify(row))
      .sort();
    expect(after).toEqual(before);
  });
  test('a draft that expires is left at the question where it stood', async () => {
    const id = await published();
    const was = await measure(id, 'left', 'third');
    await app.db.write(async (tx) => {
      const draft = await startDraft(tx, { owner, formVersionId: id, subject: { kind: 'test', id: '2' } });
      await saveDraft(tx, {
        id: draft.id,
        owner,
        expectedVersion: 1,
        values: { first: 'a', second: 'b' },
        page: 'trang-2',
      });
    });
    app.db.clock.advance(31 * 86_400_000);
    await expireDrafts({ ...app.context, requestId: 'test' });
    expect(await measure(id, 'left', 'third')).toBe(was + 1);
  });
  test('the page of figures shows them, with odd days and versions too, and exports them', async () => {
    const clerk = await signedInOfficial(app, ['forms.manage']);
    const page = await clerk.get(`/quan-tri/bieu-mau/${code}/so-lieu?tu=2020-01-01&den=${today()}`);
    expect(page.body).toContain('Dừng lại ở câu nào');
    expect((await clerk.get(`/quan-tri/bieu-mau/${code}/so-lieu?tu=x&den=9999-99-99&phien-ban=99`)).statusCode).toBe(
      200,
    );
    expect((await clerk.get('/quan-tri/bieu-mau/khong-co/so-lieu')).statusCode).toBe(404);
    const csv = await clerk.get(`/quan-tri/bieu-mau/${code}/so-lieu/xuat/csv?tu=2020-01-01&den=${today()}`);
    expect(csv.body.split('\n').length).toBeGreaterThan(3);
  });
});

test('the middle of classes of times', () => {
  expect(medianOf([0, 0])).toBeNull();
  expect(medianOf([1, 1, 1])).toBe(30);
  expect(medianOf([0, 0, 0, 0, 0, 0, 0, 5])).toBe(3_600);
});
test('places without numbers of rows', () => expect(questionOf('members.12.capital')).toBe('members.capital'));
