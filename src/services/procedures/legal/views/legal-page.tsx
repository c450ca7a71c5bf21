import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { localWords } from '../../../../ui/local-words.ts';
import { paths } from '../../../../ui/paths.ts';

export const legalWords = localWords({
  vi: {
    title: 'Văn bản làm căn cứ',
    intro: 'Văn bản mà thủ tục đã công bố viện dẫn được ghi vào đây. Khi ghi ngày hết hiệu lực, mọi thủ tục viện dẫn văn bản đó được cảnh báo.',
    search: 'Số hoặc trích yếu',
    force: 'Hiệu lực',
    all: 'Tất cả',
    inForce: 'Còn hiệu lực',
    lost: 'Hết hiệu lực',
    number: 'Số, ký hiệu',
    titleVi: 'Trích yếu',
    titleEn: 'Trích yếu (tiếng Anh)',
    issuedOn: 'Ngày ban hành',
    link: 'Đường dẫn',
    linkHint: 'Bắt đầu bằng https://',
    lostForceOn: 'Hết hiệu lực từ ngày',
    replacedBy: 'Được thay bằng',
    note: 'Ghi chú',
    procedures: 'Thủ tục đang viện dẫn',
    edit: 'Sửa',
    heading: 'Thêm hoặc sửa văn bản',
    dateHint: 'Ví dụ 01/07/2026',
    save: 'Lưu văn bản',
    empty: 'Chưa có văn bản nào phù hợp',
    shown: (n: number): string => `Hiện ${n} văn bản`,
    numberMissing: 'Ghi số, ký hiệu, không quá 60 ký tự',
    titleMissing: 'Ghi trích yếu',
    linkWrong: 'Đường dẫn phải bắt đầu bằng https:// và không có dấu cách',
    dayWrong: 'Ngày chưa đúng, ví dụ 01/07/2026',
    dayOrder: 'Ngày hết hiệu lực phải sau ngày ban hành',
  },
  en: {
    title: 'Legal texts',
    intro: 'Texts that published procedures cite come here. Once the day of losing force is entered, every procedure that cites the text is warned.',
    search: 'Number or title',
    force: 'Force',
    all: 'All',
    inForce: 'In force',
    lost: 'Lost force',
    number: 'Number',
    titleVi: 'Title',
    titleEn: 'Title (English)',
    issuedOn: 'Issued on',
    link: 'Link',
    linkHint: 'Begins with https://',
    lostForceOn: 'Loses force on',
    replacedBy: 'Replaced by',
    note: 'Note',
    procedures: 'Procedures that cite it',
    edit: 'Change',
    heading: 'Add or change a text',
    dateHint: 'For example 01/07/2026',
    save: 'Save the text',
    empty: 'No text matches',
    shown: (n: number): string => `${n} texts shown`,
    numberMissing: 'Give the number, at most 60 characters',
    titleMissing: 'Give the title',
    linkWrong: 'The link must begin with https:// and have no spaces',
    dayWrong: 'The day is not right; for example 01/07/2026',
    dayOrder: 'It must lose force after it was issued',
  },
}); // prettier-ignore

interface ShownDocument {
  number: string;
  titleVi: string;
  titleEn: string | null;
  issuedOn: string | null;
  lostForceOn: string | null;
  replacedBy: string | null;
  procedures: number;
}

/** The register of texts, with the form to add or change one below it. */
export function LegalDocumentsPage(props: {
  rows: readonly ShownDocument[];
  next: string | null;
  query: Record<string, string>;
  form: FormState;
  today: string;
  mayEdit: boolean;
}) {
  const own = legalWords.use();
  const locale = useLocale();
  const { form, query } = props;
  const forces = [['', own.all], ['con', own.inForce], ['het', own.lost]] as const; // prettier-ignore
  return (
    <WorkspaceLayout
      title={own.title}
      backPath={paths.adminProcedures()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.intro}</p>
      <FilterBar action={paths.adminLegalDocuments()}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={query['tim'] ?? ''} />
        <Select
          id="hieu-luc"
          name="hieu-luc"
          label={{ text: own.force }}
          items={forces.map(([value, text]) => ({ value, text, selected: (query['hieu-luc'] ?? '') === value }))}
        />
      </FilterBar>
      <DataTable
        caption={own.title}
        rows={props.rows}
        idOf={(row) => row.number}
        path={paths.adminLegalDocuments()}
        query={query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length)}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminLegalDocumentsExport({ format }, query),
        }))}
        empty={<EmptyState heading={own.empty} text={own.intro} />}
        columns={[
          { heading: own.number, cell: (row) => row.number, isRowHeader: true, isTight: true },
          {
            heading: own.titleVi,
            cell: (row) => (locale === 'en' && row.titleEn ? row.titleEn : <span lang="vi">{row.titleVi}</span>),
          },
          { heading: own.issuedOn, cell: (row) => (row.issuedOn ? formatDate(row.issuedOn) : ''), isTight: true },
          {
            heading: own.force,
            cell: (row) =>
              row.lostForceOn === null ? (
                own.inForce
              ) : (
                <>
                  <Tag
                    text={row.lostForceOn <= props.today ? own.lost : own.lostForceOn}
                    classes={row.lostForceOn <= props.today ? 'govuk-tag--red' : 'govuk-tag--yellow'}
                  />{' '}
                  {formatDate(row.lostForceOn)}
                  {row.replacedBy && ` → ${row.replacedBy}`}
                </>
              ),
          },
          { heading: own.procedures, cell: (row) => row.procedures, isNumeric: true },
          ...(props.mayEdit
            ? [
                {
                  heading: own.edit,
                  cell: (row: ShownDocument) => (
                    <Link to={`${paths.adminLegalDocuments({ ...query, sua: row.number })}#number`}>
                      {own.edit}
                      <span class="govuk-visually-hidden"> {row.number}</span>
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
      {props.mayEdit && (
        <Form action={paths.adminLegalDocuments()}>
          <h2 class="govuk-heading-m">{own.heading}</h2>
          <Input {...bound(form, 'number')} label={{ text: own.number }} classes="govuk-input--width-20" />
          <Input {...bound(form, 'titleVi')} label={{ text: own.titleVi }} />
          <Input {...bound(form, 'titleEn')} label={{ text: own.titleEn }} />
          <Input
            {...bound(form, 'issuedOn')}
            label={{ text: own.issuedOn }}
            hint={{ text: own.dateHint }}
            classes="govuk-input--width-10"
          />
          <Input {...bound(form, 'link')} label={{ text: own.link }} hint={{ text: own.linkHint }} />
          <Input
            {...bound(form, 'lostForceOn')}
            label={{ text: own.lostForceOn }}
            hint={{ text: own.dateHint }}
            classes="govuk-input--width-10"
          />
          <Input {...bound(form, 'replacedBy')} label={{ text: own.replacedBy }} classes="govuk-input--width-20" />
          <Textarea {...bound(form, 'note')} label={{ text: own.note }} rows={3} />
          <Button text={own.save} />
        </Form>
      )}
    </WorkspaceLayout>
  );
}
