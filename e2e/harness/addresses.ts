import type { RegisteredRoute } from '../../src/platform/http/web.ts';
import { unsubscribeToken } from '../../src/foundation/notifications/unsubscribe-token.ts';
import type { TestApp } from '../../src/testing/app.ts';

/** Ids of the demonstration with which pages can be visited. */
export interface RealIds {
  /** A dossier of the demo citizen, handled at the demo officers' units. */
  ownDossier: string;
  /** Dossiers at the demo officers' units by state, others' dossiers. */
  byState: Map<number, string>;
  code: string;
  fileOf(dossierId: string): Promise<string>;
  value(pattern: string, parameter: string): Promise<string | undefined>;
}

export async function realIds({ db, context }: TestApp): Promise<RealIds> {
  const one = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row | undefined> =>
    (await db.reader.raw<Row>(sql, values))[0];
  const id = async (sql: string, values: readonly unknown[] = []): Promise<string> =>
    (await one<{ id: string }>(sql, values))?.id ?? '';
  const unit = await id(
    `select u.id from organisations.appointment a join organisations.officer o on o.id = a.officer_id join organisations.post p on p.id = a.post_id join organisations.unit u on u.id = p.unit_id where o.staff_code = 'DEMO-LANHDAO'`,
  );
  const ownDossier = await id(
    `select d.id from dossiers.dossier d join identity.login l on l.account_id = d.applicant_account_id where l.value = '040190000017' order by (state = 9) desc, (state = 4) desc, d.id desc limit 1`,
  );
  const states = await db.reader.raw<{ state: number; id: string }>(
    'select distinct on (state) state, id from dossiers.dossier where competent_unit_id = $1 order by state, id desc',
    [unit],
  );
  const [sample] = await db.reader.raw<{ code: string }>(
    'select code from dossiers.dossier where competent_unit_id = $1 and code is not null order by id desc limit 1',
    [unit],
  );
  /** A dossier of the unit whose applicant or office put a file in. */
  const withFile = await id(
    `select d.id from dossiers.dossier d where d.competent_unit_id = $1 and (exists (select from dossiers.paper p where p.dossier_id = d.id and p.file_id is not null)
       or exists (select from dossiers.result r where r.dossier_id = d.id and r.file_id is not null)) order by (d.state = 4) desc, d.id desc limit 1`,
    [unit],
  );
  const fileOf = (dossierId: string) =>
    id(
      'select coalesce((select file_id from dossiers.paper where dossier_id = $1 and file_id is not null limit 1), (select file_id from dossiers.result where dossier_id = $1 and file_id is not null limit 1)) as id',
      [dossierId],
    );
  const byState = new Map(states.map((row) => [row.state, row.id]));
  /** What a parameter of a pattern stands for: the first row that fits. */
  const rules: readonly (readonly [pattern: RegExp, parameter: string, find: () => string | Promise<string>])[] = [
    [
      /^\/tai-khoan\/ho-so\/:id\/bo-sung/,
      'id',
      () =>
        id(
          `select d.id from dossiers.dossier d join identity.login l on l.account_id = d.applicant_account_id where l.value = '040190000017' order by (state = 5) desc limit 1`,
        ),
    ],
    [/^\/tai-khoan\/ho-so\/:id/, 'id', () => ownDossier],
    [/^\/tai-khoan\/ho-so\/:id\/tep/, 'fileId', () => fileOf(ownDossier)],
    [/^\/su-kien-cuoc-doi/, 'event', () => 'sinh-con'],
    [
      /^\/tai-khoan\/tim-kiem-da-luu/,
      'id',
      () =>
        id(
          `insert into portal.saved_search (id, account_id, name, place, query, tells, locale, created_at)
           select '01900000-0000-7000-8000-00000000f201', account_id, 'Việc đất đai', 'list', 'linh-vuc=dat-dai', true, 'vi', now() from identity.login where value = '040190000017'
           on conflict (id) do update set name = excluded.name returning id`,
        ),
    ],
    [/^\/tai-khoan\/giay-to\/tu-ho-so/, 'dossierId', () => ownDossier],
    [
      /^\/tai-khoan\/giay-to\/:id/,
      'id',
      () =>
        id(
          `select p.id from paperstore.paper p join identity.login l on l.account_id = p.account_id where l.value = '040190000017' and p.deleted_at is null order by p.id limit 1`,
        ),
    ],
    [
      /^\/tai-khoan\/bao-mat\/cach-xac-minh/,
      'id',
      () =>
        id(
          `insert into identity.factor (id, account_id, kind, name, created_at, secret_sealed) select '01900000-0000-7000-8000-00000000f001', account_id, 'app',
             'Điện thoại', now(), 'x' from identity.login where value = '040190000017' on conflict (id) do update set name = excluded.name returning id`,
        ),
    ],
    [/^\/lam-viec\/ho-so\/:id\/(nhan-)?bo-sung/, 'id', () => byState.get(5) ?? ''],
    [/^\/lam-viec\/ho-so\/:id\/tra-ket-qua/, 'id', () => byState.get(9) ?? ''],
    [/^\/lam-viec\/ho-so\/:id\/(tiep-nhan|tu-choi)/, 'id', () => byState.get(1) ?? ''],
    [/^\/lam-viec\/ho-so\/:id\/tep/, 'id', () => withFile],
    [/^\/lam-viec\/ho-so\/:id\/tep/, 'fileId', () => fileOf(withFile)],
    [/^\/lam-viec\/ho-so\/:id/, 'id', () => byState.get(4) ?? ownDossier],
    [/:slip/, 'slip', () => 'phieu-hen'],
    [/\/danh-muc\/:code\/anh-xa/, 'code', () => 'tinh-thanh'],
    [/\/danh-muc\/:code\/anh-xa/, 'target', () => 'tinh-thanh'],
    [
      /^\/quan-tri\/danh-muc.*anh-xa/,
      'changeId',
      () =>
        id(
          `insert into catalogues.mapping_change (id, from_catalogue_id, to_catalogue_id, file_name, is_whole, rows, valid_count, invalid_count, state, reason,
             proposed_by_id, proposed_by, made_at, proposed_at)
           select '01900000-0000-7000-8000-00000000f501', id, id, 'ma-tinh.csv', false,
             '[{"line":2,"pair":{"fromCode":"40","toCode":"40","validFrom":"2031-01-01","validTo":null,"note":"Thử"},"faults":[]},{"line":3,"pair":{"fromCode":"khong","toCode":"40","validFrom":null,"validTo":null,"note":null},"faults":["from-unknown"]}]',
             1, 1, 'waiting', 'Rà soát', 'nobody', 'Nguyễn Văn Thử', now(), now() from catalogues.catalogue where code = 'tinh-thanh'
           on conflict (id) do update set state = 'waiting' returning id`,
        ),
    ],
    [
      /^\/quan-tri\/kho-tep\/huy/,
      'id',
      () =>
        id(
          `with drawn as (insert into files.disposal (id, number, cut_off, state, drawn_by_id, drawn_by, drawn_at, ready_at)
             values ('01900000-0000-7000-8000-00000000f401', 'DH-20261123-F401F4', '2026-11-23', 'waiting', 'nobody', 'Nguyễn Văn Thử', now(), now())
             on conflict (id) do update set state = 'waiting' returning id),
           listed as (insert into files.disposal_item (disposal_id, file_id, class, owner_kind, owner_id, label, counted_at, keep_days, basis, is_sure, kind, size_bytes, state)
             select drawn.id, f.id, 'dossier-returned', f.owner_kind, f.owner_id, 'H41-THU', f.created_at, 7300, 'Luật Lưu trữ', false, f.kind, f.size_bytes, 'due'
             from drawn, (select * from files.file where owner_kind = 'dossier' order by id limit 3) f on conflict do nothing)
           select id from drawn`,
        ),
    ],
    [
      /^\/quan-tri\/danh-muc/,
      'proposalId',
      () =>
        id(
          `insert into catalogues.proposal (id, catalogue_id, kind, item_code, content, reason, state, proposed_by_id, proposed_by, proposed_at)
           select '01900000-0000-7000-8000-00000000f101', id, 'add', '99', '{"code":"99","position":990,"nameVi":"Mục thử","nameEn":"Test item","parentCode":null,"validFrom":null,"validTo":null,"replacedBy":null,"attributes":{},"isUnsure":false}',
             'Thiếu mục này', 'waiting', 'nobody', 'Nguyễn Văn Thử', now() from catalogues.catalogue where code = 'dan-toc' on conflict (id) do update set kind = 'add' returning id`,
        ),
    ],
    [/\/danh-muc\/:code/, 'code', () => 'dan-toc'],
    [/\/danh-muc\/:code/, 'item', () => '01'],
    [/\/danh-muc\/:code/, 'number', () => '1'],
    [
      /^\/quan-tri\/thu-tuc\/:code\/soan\//,
      'code',
      () =>
        id(
          `select p.code as id from procedures.revision r join procedures.procedure p on p.id = r.procedure_id where r.state <> 'published' order by p.code limit 1`,
        ),
    ],
    [/^\/quan-tri\/thu-tuc.*soan/, 'section', () => 'can-cu-phap-ly'],
    [/^\/thu-tuc|^\/quan-tri\/thu-tuc|tiep-nhan\/:code|^\/api\/v1\/procedures/, 'code', () => '1.001193'],
    [/^\/thu-tuc.*bieu-mau/, 'fileId', () => 'to-khai'],
    [/uy-quyen/, 'id', () => id('select id from delegations.delegation order by id limit 1')],
    [/vi-pham-du-lieu/, 'id', () => id('select id from people.breach order by number limit 1')],
    [/hop-nhat/, 'id', () => id('select id from people.merger order by id limit 1')],
    [/du-lieu/, 'id', () => id('select id from people.request order by id limit 1')],
    [/^\/tai-khoan\/du-lieu\/tai-ve/, 'format', () => 'trang'],
    [/^\/quan-tri\/bieu-mau|^\/api\/v1\/forms/, 'code', () => 'dang-ky-khai-sinh'],
    [/^\/quan-tri\/bieu-mau/, 'version', () => '1'],
    [/^\/quan-tri\/lich-lam-viec/, 'id', () => id('select id from calendar.entry order by id limit 1')],
    [/linh-vuc/, 'field', () => id('select code as id from procedures.field order by code limit 1').catch(() => '')],
    [/^\/quan-tri\/don-vi/, 'id', () => unit],
    [
      /^\/quan-tri\/sap-xep-don-vi/,
      'operationId',
      () => id('select id from organisations.operation order by created_at, id limit 1'),
    ],
    [/^\/quan-tri\/vi-tri/, 'id', () => id('select id from organisations.post order by key limit 1')],
    [
      /^\/quan-tri\/can-bo/,
      'id',
      () => id(`select id from organisations.officer where staff_code = 'DEMO-CHUYENVIEN'`),
    ],
    [
      /^\/quan-tri\/tai-khoan/,
      'id',
      () => id(`select account_id as id from identity.login where value = 'chuyenvien'`),
    ],
    [
      /^\/quan-tri\/gui-thong-bao/,
      'id',
      () =>
        id(
          `insert into webhooks.subscription (id, client_id, client_name, unit_id, url, kinds, status, created_at, created_by, updated_at)
           select '01900000-0000-7000-8000-00000000f201', id, name_vi, unit_id, 'https://phan-mem.example.vn/thong-bao', '{dossier.received}', 'active', now(), 'Trình diễn', now()
           from identity.relying_app order by id limit 1 on conflict (id) do update set status = 'active' returning id`,
        ),
    ],
    [/^\/quan-tri\/ung-dung/, 'id', () => id('select id from identity.relying_app order by id limit 1')],
    [
      /^\/quan-tri\/so-cai/,
      'id',
      () =>
        id(
          `insert into ledger.finding (id, key, kind, place, subject_kind, subject_id, subject_label, column_name, recorded, found, first_seen_at, last_seen_at)
           values ('01900000-0000-7000-8000-00000000f301', 'example', 'subject-changed', 'dossiers.dossier.due_at', 'dossier', 'nobody', 'H41.01.01-20261123-0000001',
             'dossiers.dossier.due_at', '2026-11-25T10:00:00.000000Z', '2026-12-05T10:00:00.000000Z', now(), now()) on conflict (id) do update set kind = excluded.kind returning id`,
        ),
    ],
    [
      /^\/tai-khoan\/ho-so.*bang-chung/,
      'eventId',
      () =>
        id(
          `select id::text from platform.event where subject_kind = 'dossier' and subject_id = $1 order by id limit 1`,
          [ownDossier],
        ),
    ],
    [/^\/quan-tri\/vai-tro/, 'id', () => id('select id from organisations.role order by key limit 1')],
    [/^\/quan-tri\/mau-tin/, 'key', () => 'frontdesk.received'],
    [/^\/quan-tri\/mau-tin/, 'channel', () => 'sms'],
    [
      /^\/thoi-nhan-thu/,
      'token',
      () =>
        unsubscribeToken(context.config.secret, {
          recipientKind: 'account',
          recipientId: 'nobody',
          kind: 'progress',
          channel: 'email',
        }),
    ],
    [/:format/, 'format', () => 'csv'],
    [/:channel/, 'channel', () => 'email'],
    [/:topic/, 'topic', () => 'nop-ho-so'],
    [/^\/api\/docs/, 'operation', () => 'submitDossier'],
    [/^\/api\/problems/, 'code', () => 'platform.invalid-input'],
    [/^\/api\/v1\/dossiers.*files/, 'fileId', () => fileOf(ownDossier)],
    [/^\/api\/v1\/dossiers.*slips/, 'slip', () => 'receipt'],
    [/^\/api\/v1\/dossiers/, 'code', () => sample?.code ?? ''],
  ];
  return {
    ownDossier,
    byState,
    code: sample?.code ?? '',
    fileOf,
    async value(pattern, parameter) {
      const rule = rules.find(([path, name]) => name === parameter && path.test(pattern));
      return rule ? (await rule[2]()) || undefined : undefined;
    },
  };
}

/** The address of a route with real values: from the demonstration, else from the route's example; null when there is none for a parameter. */
export async function addressOf(route: RegisteredRoute, ids: RealIds): Promise<string | null> {
  let path = route.pattern;
  for (const [whole, name = '', optional] of route.pattern.matchAll(/:(\w+)(\?)?/g)) {
    const value = (await ids.value(route.pattern, name)) ?? route.options.example?.[name];
    if (value === undefined && optional === undefined) return null;
    path = path.replace(whole, value === undefined ? '' : encodeURIComponent(value));
  }
  return path.replace(/(.)\/$/, '$1');
}
