import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { boundFile, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { faultWords } from '../catalogue-forms.ts';
import type { CatalogueFacts, ItemChange } from '../catalogue.ts';
import type { SheetRow } from '../item-sheet.ts';
import { adminWords } from './admin-words.ts';
import { catalogueWords } from './catalogue-words.ts';
import { ChangesTable } from './version-pages.tsx';

export const importWords = localWords({
  vi: {
    lead: 'Bảng tính cần có cột Mã và cột Tên; các cột khác giống tệp tải về từ danh mục. Chương trình kiểm tra từng dòng và cho xem trước, chưa ghi gì.',
    template: 'Tải danh mục hiện nay làm mẫu',
    file: 'Tệp Excel (.xlsx) hoặc CSV, tối đa 5 MB và 20.000 dòng',
    mode: 'Bảng tính này là',
    whole: 'Toàn bộ danh mục: mục không có trong bảng sẽ bị bỏ khỏi bản soạn',
    part: 'Một phần: thêm hoặc sửa các mục có trong bảng, mục khác giữ nguyên',
    check: 'Kiểm tra tệp',
    report: 'Kết quả kiểm tra',
    counts: (valid: string, invalid: string): string => `${valid} dòng đúng, ${invalid} dòng có lỗi.`,
    apply: 'Đưa các dòng đúng vào bản soạn',
    discard: 'Bỏ lần nhập này',
    line: 'Dòng',
    faults: 'Lỗi',
    states: { checked: 'Đã kiểm tra', applied: 'Đã đưa vào bản soạn', discarded: 'Đã bỏ' } as Record<string, string>,
    missing: 'Chọn tệp cần nhập',
    unreadable: 'Không đọc được tệp này. Lưu lại dạng .xlsx hoặc .csv (UTF-8) rồi tải lên.',
    headings: 'Dòng đầu của bảng phải có cột Mã và cột Tên',
    long: 'Tệp quá lớn. Chia thành nhiều tệp.',
    shown: 'Hiện 500 dòng lỗi đầu.',
  },
  en: {
    lead: 'The sheet needs a column Code and a column Name; further columns as in a download of the list. Every line is checked and shown first, nothing is written.',
    template: 'Download the present list as a template',
    file: 'Excel file (.xlsx) or CSV, at most 5 MB and 20,000 rows',
    mode: 'This sheet is',
    whole: 'The whole list: items that it does not name are dropped from the draft',
    part: 'A part: its items are added or changed, others stay',
    check: 'Check the file',
    report: 'Result of the check',
    counts: (valid: string, invalid: string): string => `${valid} good rows, ${invalid} rows with faults.`,
    apply: 'Put the good rows into the draft',
    discard: 'Discard this import',
    line: 'Row',
    faults: 'Faults',
    states: { checked: 'Checked', applied: 'In the draft', discarded: 'Discarded' } as Record<string, string>,
    missing: 'Choose a file',
    unreadable: 'The file cannot be read. Keep it as .xlsx or .csv (UTF-8) and upload it again.',
    headings: 'The first row must have the columns Code and Name',
    long: 'The file is too large. Split it.',
    shown: 'The first 500 rows with faults.',
  },
});

/** Where a sheet is handed in. */
export function ImportPage(props: { catalogue: CatalogueFacts; form: FormState }) {
  const own = importWords.use();
  const admin = adminWords.use();
  const locale = useLocale();
  const { catalogue, form } = props;
  const { code } = catalogue;
  return (
    <WorkspaceLayout
      title={admin.import}
      caption={locale === 'en' ? catalogue.nameEn : catalogue.nameVi}
      backPath={paths.adminCatalogue({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.lead}</p>
      <p class="govuk-body">
        <Link to={paths.catalogueExport({ code, format: 'xlsx' })} attributes={{ 'data-turbo': 'false' }}>
          {own.template}
        </Link>
      </p>
      <Form action={paths.adminCatalogueImport({ code })} upload>
        <FileUpload {...boundFile(form, 'file')} label={{ text: own.file }} attributes={{ accept: '.xlsx,.csv' }} />
        <Radios
          idPrefix="mode"
          name="mode"
          value={String(form.values['mode'] ?? 'part')}
          fieldset={{ legend: { text: own.mode, classes: 'govuk-fieldset__legend--s' } }}
          items={[
            { value: 'part', text: own.part },
            { value: 'whole', text: own.whole },
          ]}
        />
        <Button text={own.check} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

/** What a checked sheet would change, and what is wrong in it. */
export function ImportRunPage(props: {
  catalogue: CatalogueFacts;
  one: {
    id: string;
    fileName: string;
    state: string;
    rows: readonly SheetRow[];
    validCount: number;
    invalidCount: number;
  };
  changes: readonly ItemChange[];
  error: string | null;
}) {
  const own = importWords.use();
  const shared = catalogueWords.use();
  const admin = adminWords.use();
  const locale = useLocale();
  const { one, catalogue } = props;
  const { code } = catalogue;
  const wrong = one.rows.filter((row) => row.faults.length > 0);
  const number = (value: number) => formatNumber(value, locale);
  return (
    <WorkspaceLayout
      title={own.report}
      caption={one.fileName}
      backPath={paths.adminCatalogueImport({ code })}
      hasErrors={props.error !== null}
    >
      {props.error !== null && <p class="govuk-error-message">{props.error}</p>}
      <p class="govuk-body">
        <Tag text={own.states[one.state]!} /> {own.counts(number(one.validCount), number(one.invalidCount))}
      </p>
      {wrong.length > 0 && (
        <>
          <Table
            caption={own.faults}
            captionClasses="govuk-table__caption--m"
            head={[
              { text: own.line, format: 'numeric' },
              { text: shared.code },
              { text: shared.name },
              { text: shared.validFrom },
              { text: own.faults },
            ]}
            rows={wrong.slice(0, 500).map((row) => [
              { text: String(row.line), format: 'numeric' },
              { text: row.item.code },
              { html: <span lang="vi">{row.item.nameVi}</span> },
              {
                text:
                  row.item.validFrom && !row.faults.includes('day')
                    ? formatDate(row.item.validFrom)
                    : (row.item.validFrom ?? ''),
              },
              { text: row.faults.map((fault) => faultWords[fault][locale]).join('; ') },
            ])}
          />
          {wrong.length > 500 && <p class="govuk-body">{own.shown}</p>}
        </>
      )}
      {one.state === 'checked' && (
        <>
          <h2 class="govuk-heading-m">{admin.changes}</h2>
          <ChangesTable changes={props.changes} attributes={catalogue.attributes} />
          <Form action={paths.adminCatalogueImportRun({ code, importId: one.id })}>
            <div class="govuk-button-group">
              {one.validCount > 0 && <Button text={own.apply} name="act" value="apply" preventDoubleClick />}
              <Button text={own.discard} name="act" value="discard" classes="govuk-button--secondary" />
            </div>
          </Form>
        </>
      )}
    </WorkspaceLayout>
  );
}
