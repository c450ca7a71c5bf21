import { DataTable } from '../components/data-table.tsx';
import { DeadlineTag } from '../components/deadline-tag.tsx';
import { DescriptionGrid } from '../components/description-grid.tsx';
import { DossierTimeline } from '../components/dossier-timeline.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { FileList } from '../components/file-list.tsx';
import { FilterBar } from '../components/filter-bar.tsx';
import { LongWork } from '../components/long-work.tsx';
import { StatTiles } from '../components/stat-tiles.tsx';
import { Form } from '../form.tsx';
import { formatMoney, maskIdentityNumber } from '../format.ts';
import { Button } from '../govuk/button.tsx';
import { Input } from '../govuk/input.tsx';
import { Select } from '../govuk/select.tsx';
import { WorkspaceLayout } from '../layouts/workspace-layout.tsx';
import { Link } from '../link.tsx';
import { paths } from '../paths.ts';

/** The workspace's preview pages, and what they share with the portal's. */
export const now = new Date('2026-11-22T03:05:00Z');

export const official = {
  name: 'Lê Thị Mai',
  kind: 'official',
  unitName: 'Sở Xây dựng',
  postName: 'Bộ phận Một cửa',
  otherPosts: [{ postId: '2', postName: 'Chuyên viên', unitName: 'Phòng Quản lý nhà' }],
} as const;

export const timeline = (
  <DossierTimeline
    entries={[
      { title: 'Đã nộp hồ sơ', at: new Date('2026-11-20T02:14:00Z'), by: 'Trần Thị Hoa' },
      {
        title: 'Đã tiếp nhận',
        at: new Date('2026-11-20T03:02:00Z'),
        by: 'Bộ phận Một cửa phường Trường Vinh',
        text: 'Hẹn trả kết quả 14:00 ngày 23/11/2026.',
      },
      {
        title: 'Cần bổ sung giấy tờ',
        at: new Date('2026-11-20T07:40:00Z'),
        state: 'problem',
        text: 'Giấy xác nhận tình trạng hôn nhân chụp thiếu trang 2.',
      },
      {
        title: 'Đang xử lý',
        at: new Date('2026-11-21T01:00:00Z'),
        state: 'current',
        by: 'Công chức tư pháp – hộ tịch',
      },
      { title: 'Trả kết quả', at: null, state: 'todo' },
    ]}
  />
);

const rows = [
  {
    code: 'H41.07-20261122-0000012',
    who: 'Nguyễn Văn An',
    what: 'Cấp giấy phép xây dựng nhà ở riêng lẻ',
    at: '08:14',
    due: new Date('2026-11-19T02:00:00Z'),
    fee: 75_000,
  },
  {
    code: 'H41.07-20261122-0000013',
    who: 'Công ty TNHH Sông Lam',
    what: 'Thẩm định thiết kế xây dựng triển khai sau thiết kế cơ sở',
    at: '09:02',
    due: new Date('2026-11-22T05:30:00Z'),
    fee: 1_250_000,
  },
  {
    code: 'H41.07-20261122-0000014',
    who: 'Trần Thị Hoa',
    what: 'Cấp chứng chỉ hành nghề hoạt động xây dựng hạng II',
    at: '09:40',
    due: new Date('2026-11-24T09:30:00Z'),
    fee: 300_000,
  },
  {
    code: 'H41.07-20261122-0000015',
    who: 'Hồ Sỹ Quân',
    what: 'Cấp giấy phép xây dựng nhà ở riêng lẻ',
    at: '09:55',
    due: new Date('2026-12-10T09:30:00Z'),
    fee: 75_000,
  },
];

export const worklist = (
  <WorkspaceLayout
    title="Hồ sơ chờ tiếp nhận"
    actions={<Button text="Tiếp nhận tại quầy" href={paths.counterIntake()} classes="govuk-button--secondary" />}
  >
    <StatTiles
      label="Tình hình hôm nay"
      tiles={[
        { value: 1, label: 'quá hạn', path: paths.worklist({ han: 'qua' }), tone: 'bad' },
        { value: 1, label: 'đến hạn hôm nay', path: paths.worklist({ han: 'nay' }), tone: 'warn' },
        { value: 7, label: 'chờ tiếp nhận', path: paths.worklist() },
        { value: 4, label: 'chờ người khác', path: paths.worklist({ han: 'cho' }) },
      ]}
    />
    <FilterBar
      action={paths.worklist()}
      kept={{ 'sap-xep': 'han' }}
      chosen={[{ text: 'Hạn: trong tuần này', path: paths.worklist() }]}
    >
      <Input name="q" label={{ text: 'Mã hồ sơ, người nộp' }} />
      <Select
        name="thu-tuc"
        label={{ text: 'Thủ tục' }}
        items={[
          { value: '', text: 'Tất cả' },
          { value: '1', text: 'Cấp giấy phép xây dựng' },
        ]}
      />
      <Select
        name="han"
        label={{ text: 'Hạn' }}
        value="tuan"
        items={[
          { value: '', text: 'Tất cả' },
          { value: 'tuan', text: 'Trong tuần này' },
        ]}
      />
    </FilterBar>
    <DataTable
      caption="Hồ sơ chờ tiếp nhận"
      path={paths.worklist()}
      query={{ 'sap-xep': 'han' }}
      rows={rows}
      idOf={(row) => row.code}
      toneOf={(row) => (row.due < now ? 'late' : undefined)}
      summary="4 hồ sơ"
      exports={[
        { text: 'Excel', path: '/x' },
        { text: 'CSV', path: '/y' },
      ]}
      nextCursor="abc"
      columns={[
        {
          heading: 'Mã hồ sơ',
          isRowHeader: true,
          isTight: true,
          sortKey: 'ma',
          cell: (row) => <Link to={paths.dossier({ id: row.code })}>{row.code}</Link>,
        },
        { heading: 'Người nộp', sortKey: 'nguoi-nop', cell: (row) => row.who },
        { heading: 'Thủ tục', cell: (row) => row.what },
        { heading: 'Nộp lúc', isTight: true, sortKey: 'nop', cell: (row) => row.at },
        { heading: 'Lệ phí', isNumeric: true, isTight: true, cell: (row) => formatMoney(row.fee) },
        { heading: 'Hạn', sortKey: 'han', cell: (row) => <DeadlineTag due={row.due} now={now} /> },
      ]}
      bulk={{
        action: paths.worklistBulk(),
        labelOf: (row) => row.code,
        buttons: [
          { text: 'Tiếp nhận các hồ sơ đã chọn' },
          { text: 'Phân công', classes: 'govuk-button--secondary', name: 'do', value: 'assign' },
        ],
      }}
      empty={<EmptyState heading="Không có hồ sơ nào" />}
    />
  </WorkspaceLayout>
);

export const officialDossier = (
  <WorkspaceLayout
    title="Cấp giấy phép xây dựng nhà ở riêng lẻ"
    caption="H41.07-20261122-0000012"
    breadcrumbs={[{ text: 'Hồ sơ', path: paths.worklist() }, { text: 'H41.07-20261122-0000012' }]}
  >
    <div class="sen-split">
      <div>
        <DescriptionGrid
          items={[
            { term: 'Người nộp', value: 'Nguyễn Văn An' },
            { term: 'Số định danh', value: maskIdentityNumber('040085001234') },
            { term: 'Hạn', value: <DeadlineTag due={new Date('2026-11-19T02:00:00Z')} now={now} /> },
          ]}
        />
        <h2 class="govuk-heading-m">Giấy tờ</h2>
        <FileList
          files={[{ name: 'Ban-ve-thiet-ke.pdf', path: '/x', sizeBytes: 3_400_000, note: 'Bản vẽ thiết kế' }]}
        />
        <h2 class="govuk-heading-m">Quá trình</h2>
        {timeline}
      </div>
      <div>
        <div class="sen-panel sen-panel--actions">
          <h2 class="govuk-heading-s">Việc tiếp theo</h2>
          <Form action="/x">
            <Button text="Tiếp nhận hồ sơ" />
            <Button text="Yêu cầu bổ sung" classes="govuk-button--secondary" name="a" value="b" />
            <Button text="Từ chối" classes="govuk-button--warning" name="a" value="c" />
          </Form>
        </div>
      </div>
    </div>
    <LongWork
      work={{
        title: 'Nhập danh sách cán bộ',
        done: 412,
        failed: 3,
        total: 900,
        startedAt: now,
        finishedAt: null,
        failures: [{ item: 'Dòng 17', reason: 'Thiếu mã đơn vị' }],
      }}
    />
  </WorkspaceLayout>
);
