import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { boundFile, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { OfficerImport } from '../import-queries.ts';
import type { RowFault } from '../officer-import.ts';
import { adminWords } from './admin-words.ts';

const words = localWords({
  vi: {
    title: 'Nhập cán bộ từ Excel',
    lead: 'Tải mẫu, điền mỗi cán bộ một dòng rồi tải lên. Chương trình kiểm tra từng dòng và cho bạn xem trước khi nhận.',
    template: 'Tải mẫu Excel',
    file: 'Tệp Excel (.xlsx, tối đa 5 MB, 5.000 dòng)',
    check: 'Kiểm tra tệp',
    report: 'Kết quả kiểm tra',
    valid: 'dòng đúng',
    invalid: 'dòng có lỗi',
    apply: 'Nhận các dòng đúng',
    discard: 'Bỏ lần nhập này',
    line: 'Dòng',
    result: 'Kết quả',
    good: 'Đúng',
    shown: 'Hiện 500 dòng đầu, dòng có lỗi trước.',
    applied: 'Đã nhận xong',
    discarded: 'Đã bỏ',
    toPeople: 'Xem danh sách cán bộ',
  },
  en: {
    title: 'Import staff from Excel',
    lead: 'Download the template, fill in one officer per row and upload it. Every row is checked and shown to you before anything is taken over.',
    template: 'Download the Excel template',
    file: 'Excel file (.xlsx, up to 5 MB, 5,000 rows)',
    check: 'Check the file',
    report: 'Result of the check',
    valid: 'good rows',
    invalid: 'rows with faults',
    apply: 'Take over the good rows',
    discard: 'Discard this import',
    line: 'Row',
    result: 'Result',
    good: 'Good',
    shown: 'The first 500 rows, those with faults first.',
    applied: 'Taken over',
    discarded: 'Discarded',
    toPeople: 'Go to the staff list',
  },
});

const FAULTS: Record<RowFault, { vi: string; en: string }> = {
  name: { vi: 'Họ tên thiếu hoặc có ký tự lạ', en: 'Name missing or with strange characters' },
  'staff-code': { vi: 'Mã cán bộ thiếu hoặc sai dạng', en: 'Staff code missing or malformed' },
  email: { vi: 'Thư điện tử sai dạng', en: 'E-mail malformed' },
  phone: { vi: 'Số điện thoại sai dạng', en: 'Telephone number malformed' },
  day: { vi: 'Ngày bắt đầu thiếu hoặc không có thật', en: 'First day missing or not real' },
  'code-twice': { vi: 'Mã cán bộ lặp trong tệp', en: 'Staff code repeated in the file' },
  'email-twice': { vi: 'Thư điện tử lặp trong tệp', en: 'E-mail repeated in the file' },
  'code-taken': { vi: 'Mã cán bộ đã có người dùng', en: 'Staff code already taken' },
  'email-taken': { vi: 'Thư điện tử đã có người dùng', en: 'E-mail already taken' },
  'unit-unknown': { vi: 'Không có đơn vị mang mã này', en: 'No unit has this identifier' },
  'unit-forbidden': { vi: 'Bạn không quản lý đơn vị này', en: 'You do not manage this unit' },
  'post-unknown': { vi: 'Đơn vị không có vị trí này', en: 'The unit has no such post' },
};

/** Where a sheet of officers is uploaded. */
export function ImportPage(props: { form: FormState }) {
  const own = words.use();
  const shared = adminWords.use();
  return (
    <WorkspaceLayout
      title={own.title}
      hasErrors={Object.keys(props.form.errors).length > 0}
      breadcrumbs={[{ text: shared.people, path: paths.adminPeople() }]}
    >
      <ErrorSummaryFor form={props.form} />
      <p class="govuk-body">{own.lead}</p>
      <p class="govuk-body">
        <Link to={paths.adminPeopleTemplate()} attributes={{ 'data-turbo': 'false' }}>
          {own.template}
        </Link>
      </p>
      <Form action={paths.adminPeopleImport()} upload>
        <FileUpload {...boundFile(props.form, 'file')} label={{ text: own.file }} attributes={{ accept: '.xlsx' }} />
        <Button text={own.check} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

/** The report of a checked sheet, row by row, and what became of it. */
export function ImportReportPage(props: { report: OfficerImport }) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { report } = props;
  const rows = report.rows.toSorted(
    (a, b) => Number(b.faults.length > 0) - Number(a.faults.length > 0) || a.line - b.line,
  );
  return (
    <WorkspaceLayout
      title={own.report}
      caption={report.fileName}
      breadcrumbs={[
        { text: shared.people, path: paths.adminPeople() },
        { text: own.title, path: paths.adminPeopleImport() },
      ]}
    >
      <p class="govuk-body">
        {report.validCount} {own.valid}, {report.invalidCount} {own.invalid}.
      </p>
      {report.state === 'checked' ? (
        <Form action={paths.adminPeopleImportRun({ importId: report.id })}>
          <div class="govuk-button-group">
            {report.validCount > 0 && <Button text={own.apply} name="action" value="apply" preventDoubleClick />}
            <Button text={own.discard} name="action" value="discard" classes="govuk-button--secondary" />
          </div>
        </Form>
      ) : (
        <p class="govuk-body">
          <Tag classes={report.state === 'applied' ? 'govuk-tag--green' : 'govuk-tag--grey'}>
            {report.state === 'applied' ? own.applied : own.discarded}
          </Tag>{' '}
          <Link to={paths.adminPeople()}>{own.toPeople}</Link>
        </p>
      )}
      {rows.length > 500 && <p class="govuk-body">{own.shown}</p>}
      <Table
        caption={own.report}
        captionClasses="govuk-visually-hidden"
        head={[
          { text: own.line, format: 'numeric' },
          { text: shared.staffCode },
          { text: shared.fullName },
          { text: shared.post },
          { text: own.result },
        ]}
        rows={rows
          .slice(0, 500)
          .map((row) => [
            { text: String(row.line), format: 'numeric' },
            { text: row.staffCode },
            { text: row.fullName },
            { text: `${row.title} — ${row.unitCode}` },
            { text: row.faults.length === 0 ? own.good : row.faults.map((fault) => FAULTS[fault][locale]).join('; ') },
          ])}
      />
    </WorkspaceLayout>
  );
}
