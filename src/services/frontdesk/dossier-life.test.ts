import { expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { openDesk, submitted, versionIn } from './testing.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, clerk, specialist, leader, stranger } = await openDesk(app);
type Who = typeof clerk;

const url = (id: string, rest = ''): string => `/lam-viec/ho-so/${id}${rest}`;

/** Opens an act's page and sends its form as a person would. */
async function act(who: Who, id: string, slug: string, fields: Record<string, string> = {}) {
  const shown = await who.get(url(id, slug));
  expect({ slug, status: shown.statusCode }).toEqual({ slug, status: 200 });
  return who.post(url(id, slug), { version: versionIn(shown.body), ...fields });
}
const state = async (id: string): Promise<number> =>
  (await app.db.reader.raw<{ state: number }>('select state from dossiers.dossier where id = $1', [id]))[0]!.state;

test('a dossier goes over the pages from receipt to the hand of the person', async () => {
  const id = await submitted(app, place);
  const page = await clerk.get(url(id));
  expect(page.body).toContain('Nguyễn Thị Ánh Nguyệt');
  const receiving = await clerk.get(url(id, '/tiep-nhan'));
  expect(receiving.body).toContain('17:00 ngày 30/11/2026');
  const done = await act(clerk, id, '/tiep-nhan');
  expect(done.headers.location).toBe(`${url(id)}?xong=receive`);
  expect((await clerk.get(done.headers.location!)).body).toContain('Đã tiếp nhận hồ sơ');
  expect(await state(id)).toBe(2);

  const start = await specialist.get(url(id));
  expect((await specialist.post(url(id, '/bat-dau'), { version: versionIn(start.body) })).statusCode).toBe(303);
  expect((await act(specialist, id, '/buoc', { remark: 'Đủ điều kiện' })).statusCode).toBe(303);
  expect((await act(leader, id, '/phe-duyet')).statusCode).toBe(303);
  const refusedWithoutReason = await act(specialist, id, '/ket-qua', { outcome: 'refused', title: 'Giấy khai sinh' });
  expect(refusedWithoutReason.statusCode).toBe(422);
  expect(refusedWithoutReason.body).toContain('value="Giấy khai sinh"');
  expect((await act(specialist, id, '/ket-qua', { outcome: 'granted', title: 'Giấy khai sinh' })).statusCode).toBe(303);
  const unseen = await act(clerk, id, '/tra-ket-qua', { channel: 'counter', receivedBy: 'Nguyễn Văn An' });
  expect(unseen.statusCode).toBe(422);
  expect(unseen.body).toContain('giấy tờ tùy thân');
  expect(
    (await act(clerk, id, '/tra-ket-qua', { channel: 'counter', receivedBy: 'Nguyễn Văn An', identitySeen: '1' }))
      .statusCode,
  ).toBe(303);
  expect(await state(id)).toBe(10);
  const closed = await clerk.get(url(id));
  expect(closed.body).toContain('Hiện không có việc nào của bạn');
});

test('a supplement is asked with items and phrases, answered at the counter, and the page shows both', async () => {
  const id = await submitted(app, place);
  await act(clerk, id, '/tiep-nhan');
  const [paper] = await app.db.reader.raw<{ id: string }>('select id from dossiers.paper where dossier_id = $1', [id]);
  const empty = await act(specialist, id, '/bo-sung', { reason: 'Ảnh mờ' });
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain('Ảnh mờ</textarea>');
  await specialist.post('/lam-viec/mau-cau', {
    title: 'Ảnh mờ',
    body: 'Ảnh chụp mờ, đề nghị chụp lại.',
    purpose: 'supplement',
    owner: 'own',
  });
  const shown = await specialist.get(url(id, '/bo-sung'));
  const phrase = /<option value="([0-9a-f-]{36})"[^>]*>Ảnh mờ/.exec(shown.body)?.[1] ?? '';
  const inserted = await specialist.post(url(id, '/bo-sung'), {
    version: versionIn(shown.body),
    phrase,
    _insert: '1',
    reason: 'Chào anh,',
  });
  expect(inserted.statusCode).toBe(200);
  expect(inserted.body).toMatch(/Chào anh,\s+Ảnh chụp mờ, đề nghị chụp lại\./);
  const asked = await act(specialist, id, '/bo-sung', {
    reason: 'Ảnh mờ',
    [`i-${paper!.id}`]: '1',
    [`i-${paper!.id}-what`]: 'Chụp lại mặt sau',
    answerBy: '10/12/2026',
  });
  expect(asked.statusCode).toBe(303);
  expect(await state(id)).toBe(5);
  expect((await act(clerk, id, '/nhan-bo-sung', { 's-0-originals': '1' })).statusCode).toBe(303);
  expect(await state(id)).toBe(2);
  const page = await specialist.get(url(id));
  expect(page.body).toContain('Chụp lại mặt sau');
  expect(page.body).toContain('Bổ sung lần 1');
});

test('fees are asked and recorded with their receipts; a wrong amount keeps what was typed', async () => {
  const id = await submitted(app, place);
  await act(clerk, id, '/tiep-nhan');
  const wrong = await act(specialist, id, '/yeu-cau-phi', { 'f-0-name': 'Lệ phí', 'f-0-amount': 'năm nghìn' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('value="năm nghìn"');
  expect((await act(specialist, id, '/yeu-cau-phi', { 'f-0-name': 'Lệ phí', 'f-0-amount': '50.000' })).statusCode).toBe(
    303,
  );
  const [fee] = await app.db.reader.raw<{ id: string; amount_dong: string }>(
    'select id, amount_dong from dossiers.fee where dossier_id = $1',
    [id],
  );
  expect(Number(fee!.amount_dong)).toBe(50_000);
  expect((await act(clerk, id, '/thu-phi', { [`r-${fee!.id}`]: '' })).statusCode).toBe(422);
  expect(
    (await act(clerk, id, '/thu-phi', { [`r-${fee!.id}`]: 'BL 0001', [`r-${fee!.id}-method`]: 'cash' })).statusCode,
  ).toBe(303);
  expect(await state(id)).toBe(2);
});

test('refusing, stopping, withdrawing and re-appointing want their reasons', async () => {
  const [refused, stopped, withdrawn, extended] = [
    await submitted(app, place),
    await submitted(app, place),
    await submitted(app, place),
    await submitted(app, place),
  ];
  expect((await act(clerk, refused, '/tu-choi', { reason: 'Không đúng thẩm quyền' })).statusCode).toBe(422);
  expect(
    (await act(clerk, refused, '/tu-choi', { reason: 'Không đúng thẩm quyền', legalBasis: 'Điều 5 Luật Hộ tịch' }))
      .statusCode,
  ).toBe(303);
  expect(await state(refused)).toBe(3);
  for (const id of [stopped, withdrawn, extended]) await act(clerk, id, '/tiep-nhan');
  expect((await act(leader, stopped, '/dung', { reason: 'Không còn căn cứ', legalBasis: 'Điều 9' })).statusCode).toBe(
    303,
  );
  expect(await state(stopped)).toBe(8);
  const early = await act(leader, extended, '/hen-lai', { reason: 'Mất điện', until: '24/11/2026' });
  expect(early.statusCode).toBe(422);
  expect(early.body).toContain('value="24/11/2026"');
  expect((await act(leader, extended, '/hen-lai', { reason: 'Mất điện', until: '08/12/2026' })).statusCode).toBe(303);
  expect((await act(clerk, withdrawn, '/rut', { reason: '   ' })).statusCode).toBe(422);
  expect((await act(clerk, withdrawn, '/rut', { reason: 'Người nộp đề nghị rút' })).statusCode).toBe(303);
  expect(await state(withdrawn)).toBe(7);
  expect((await specialist.get(url(extended, '/hen-lai'))).statusCode).toBe(403);
});

test('a mis-click is taken back by the one who made it, and nobody else', async () => {
  const id = await submitted(app, place);
  await act(clerk, id, '/tiep-nhan');
  const start = await specialist.get(url(id));
  await specialist.post(url(id, '/bat-dau'), { version: versionIn(start.body) });
  const page = await specialist.get(url(id));
  expect(page.body).toContain('Hoàn tác: bắt đầu xử lý');
  expect((await leader.get(url(id))).body).not.toContain('Hoàn tác: bắt đầu xử lý');
  expect((await specialist.post(url(id, '/hoan-tac'), { version: versionIn(page.body) })).statusCode).toBe(303);
  expect(await state(id)).toBe(2);
});

test('a double click is one act; a stale form is 409 with both versions and the values kept', async () => {
  const id = await submitted(app, place);
  const shown = await clerk.get(url(id, '/tiep-nhan'));
  const version = versionIn(shown.body);
  const answers = await Promise.all([
    clerk.post(url(id, '/tiep-nhan'), { version }),
    clerk.post(url(id, '/tiep-nhan'), { version }),
  ]);
  expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303]);
  const acts = await app.db.reader.raw('select 1 from dossiers.act where dossier_id = $1', [id]);
  expect(acts).toHaveLength(1);
  const stale = await specialist.post(url(id, '/bo-sung'), { version, reason: 'Ảnh mờ, chụp lại', 'n-0-name': 'Ảnh' });
  expect(stale.statusCode).toBe(409);
  expect(stale.body).toContain('Bạn đã xem hồ sơ ở lần sửa');
  expect(stale.body).toContain('Lê Thị Mai');
  expect(stale.body).toContain('Ảnh mờ, chụp lại');
});

test('the identity number is hidden until somebody says what for, and the look is recorded', async () => {
  const id = await submitted(app, place);
  expect((await clerk.get(url(id))).body).not.toContain('040190001234');
  expect((await clerk.post(url(id, '/so-dinh-danh'), { purpose: '' })).statusCode).toBe(303);
  const shown = await clerk.post(url(id, '/so-dinh-danh'), { purpose: 'Đối chiếu căn cước' });
  expect(shown.body).toContain('040190001234');
  const seen = await app.db.reader.raw<{ purpose: string }>(
    'select purpose from readings.reading where subject_id = $1 order by at desc, id desc',
    [id],
  );
  expect(seen[0]!.purpose).toBe('Xem số định danh: Đối chiếu căn cước');
  expect((await stranger.post(url(id, '/so-dinh-danh'), { purpose: 'Tò mò' })).statusCode).toBe(404);
});

test('notes are for colleagues; checks of papers are kept; slips come as PDF', async () => {
  const id = await submitted(app, place);
  expect((await clerk.post(url(id, '/ghi-chu'), { text: '' })).statusCode).toBe(422);
  await clerk.post(url(id, '/ghi-chu'), { text: '<script>alert(1)</script> gọi lại chiều nay' });
  const [paper] = await app.db.reader.raw<{ id: string }>('select id from dossiers.paper where dossier_id = $1', [id]);
  expect(
    (
      await clerk.post(url(id, '/giay-to'), {
        [`p-${paper!.id}`]: 'no',
        [`p-${paper!.id}-remark`]: 'Mờ',
        [`p-${paper!.id}-originals`]: '2',
      })
    ).statusCode,
  ).toBe(303);
  const page = await clerk.get(url(id));
  expect(page.body).toContain('&lt;script>alert(1)');
  expect(page.body).toContain('value="Mờ"');
  expect((await clerk.get(url(id, '/phieu/receipt'))).statusCode).toBe(404);
  await act(clerk, id, '/tiep-nhan');
  const slip = await clerk.get(url(id, '/phieu/receipt'));
  expect(slip.headers['content-type']).toBe('application/pdf');
  expect(slip.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
});

test('applicants and officials are told, once', async () => {
  const id = await submitted(app, place);
  await act(clerk, id, '/tiep-nhan');
  await act(leader, id, '/phan-cong', { postId: specialist.postId });
  await app.drain();
  await app.drain();
  const messages = await app.db.reader.raw<{
    template: string;
    channel: string;
    body: string;
    recipient_kind: string | null;
  }>(
    `select template, channel, body, recipient_kind from notifications.message where subject_id = $1 order by template, channel`,
    [id],
  );
  expect(messages.map((each) => `${each.template} ${each.channel}`)).toEqual([
    'frontdesk.assigned in-app',
    'frontdesk.received email',
    'frontdesk.received sms',
  ]);
  const received = messages.find((each) => each.channel === 'email')!;
  expect(received.body).toContain('17:00 ngày 30/11/2026');
  expect(received.body).toContain('Lê Thị Mai');
  expect(received.body).toContain('Trung tâm Phục vụ hành chính công');
  expect((await clerk.get(url(id))).body).toContain('Tin đã gửi (3)');
});
