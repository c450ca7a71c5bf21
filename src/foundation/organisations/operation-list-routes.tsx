import { download, page, type Reply } from '../../platform/http/reply.ts';
import { MAX_EXPORT_ROWS, tableExport } from '../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { parseDay } from '../../platform/day.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { writeXlsx } from 'hucre/xlsx';
import { changeColumns } from './change-file.ts';
import { listOperations, type OperationListQuery, type OperationRow } from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { followers, type OperationState } from './reorganisation.ts';
import { OperationsPage, type OperationFilter } from './views/operations-page.tsx';
import { stateName } from './views/operation-words.ts';

const access = { permission: manageOrganisations };
const PAGE = 50;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function filterOf({ query }: WebRequest): OperationFilter {
  const state = query.get('tinh-trang') ?? '';
  return {
    state: Object.hasOwn(followers, state) ? state : '',
    text: (query.get('tim') ?? '').normalize('NFC').trim().slice(0, 100),
    from: parseDay(query.get('tu') ?? '') ?? '',
    to: parseDay(query.get('den') ?? '') ?? '',
  };
}
const asked = (filter: OperationFilter): Omit<OperationListQuery, 'after' | 'limit'> => ({
  state: filter.state || null,
  text: filter.text || null,
  from: filter.from || null,
  to: filter.to || null,
});

/** A cursor is the instant in milliseconds and the id of the last row. */
function cursorOf(text: string | null): { at: Date; id: string } | null {
  const match = /^(\d{1,14})\.([0-9a-f-]{36})$/.exec(text ?? '');
  return match && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(match[2]!)
    ? { at: new Date(Number(match[1])), id: match[2]! }
    : null;
}

async function list(request: WebRequest): Promise<Reply> {
  const filter = filterOf(request);
  const after = cursorOf(request.query.get('sau'));
  const found = await listOperations(request.reader, { ...asked(filter), after, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  const nextCursor = found.length > PAGE && last ? `${last.createdAt.getTime()}.${last.id}` : null;
  return page(<OperationsPage {...{ filter, rows, nextCursor }} />);
}

async function exportList(request: WebRequest): Promise<Reply> {
  const { locale } = request;
  const vi = locale === 'vi';
  const rows = await listOperations(request.reader, {
    ...asked(filterOf(request)),
    after: null,
    limit: MAX_EXPORT_ROWS.xlsx,
  });
  return tableExport<OperationRow>(request.params['format'] ?? '', {
    locale,
    name: vi ? 'sap-xep-don-vi' : 'changes-of-units',
    rows,
    columns: [
      { heading: vi ? 'Tên gọi' : 'Title', value: (row) => row.title, width: 50 },
      { heading: vi ? 'Số quyết định' : 'Decision', value: (row) => row.decisionNumber },
      { heading: vi ? 'Cơ quan ban hành' : 'Issuing body', value: (row) => row.issuingBody, width: 30 },
      { heading: vi ? 'Ngày hiệu lực' : 'Day of effect', value: (row) => formatDate(row.effectiveOn) },
      { heading: vi ? 'Số thay đổi' : 'Changes', value: (row) => row.changes },
      { heading: vi ? 'Tình trạng' : 'State', value: (row) => stateName(row.state as OperationState, locale) },
      { heading: vi ? 'Người lập' : 'Drawn up by', value: (row) => row.createdBy },
      { heading: vi ? 'Người kiểm tra' : 'Checked by', value: (row) => row.checkedBy ?? '' },
    ],
  });
}

/** The template of the import: headings and three examples. */
async function template(): Promise<Reply> {
  const rows = [
    [
      'nhập',
      '16663',
      '16681',
      '',
      'Ủy ban nhân dân phường Thành Vinh',
      '',
      'Phường Thành Vinh',
      'commune',
      'H41',
      '',
      '',
    ],
    ['đổi tên', 'H41.12', '', '', 'Sở Nội vụ', '', 'SNV', '', '', '', ''],
    ['giải thể', 'H41.31', '', '', '', '', '', '', '', '', 'Để trống cột Đến đơn vị khi chưa biết ai nhận'],
  ];
  const workbook = await writeXlsx({
    sheets: [
      {
        name: 'Sắp xếp đơn vị',
        columns: changeColumns.map(({ key, headings }) => ({ key, header: headings[0], width: 22 })),
        data: rows.map((row) => Object.fromEntries(changeColumns.map(({ key }, at) => [key, row[at] ?? '']))),
      },
    ],
  });
  return download(Buffer.from(workbook), { fileName: 'mau-sap-xep-don-vi.xlsx', type: XLSX });
}

/** The list of operations on units, its export, and the template of the import. */
export function operationListRoutes(web: Web): void {
  web.get(paths.adminOperations, { access }, list);
  web.get(paths.adminOperationsExport, { access, example: { format: 'csv' } }, exportList);
  web.get(paths.adminOperationTemplate, { access }, template);
}
