import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, boundFile, errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Text } from '../definition.ts';

export const newFormWords = localWords({
  vi: {
    title: 'Tạo biểu mẫu',
    titleVi: 'Tên biểu mẫu (tiếng Việt)',
    titleEn: 'Tên biểu mẫu (tiếng Anh)',
    titleEnHint: 'Có thể điền sau, nhưng cần có trước khi công bố.',
    code: 'Mã biểu mẫu',
    codeHint: 'Chữ thường không dấu, nối bằng gạch ngang, ví dụ: dang-ky-ket-hon. Mã không đổi được về sau.',
    way: 'Bắt đầu từ',
    blank: 'Trang trắng',
    copy: 'Bản sao của biểu mẫu khác',
    copyForm: 'Biểu mẫu để sao chép',
    choose: 'Chọn biểu mẫu',
    file: 'Tệp biểu mẫu đã tải về',
    fileLabel: 'Tệp biểu mẫu (.json)',
    sheet: 'Bảng Excel liệt kê các câu hỏi',
    sheetLabel: 'Bảng tính (.xlsx)',
    sheetHint: 'Mỗi dòng một câu hỏi, tối đa 400 dòng.',
    template: 'Tải bảng mẫu',
    make: 'Tạo và mở để soạn',
    chooseWay: 'Chọn cách bắt đầu',
    chooseForm: 'Chọn biểu mẫu để sao chép',
    titleMissing: 'Nhập tên biểu mẫu bằng tiếng Việt',
    titleLong: 'Tên dài tối đa 300 ký tự',
    codeWrong: 'Mã chỉ gồm chữ thường không dấu, số và gạch ngang, tối đa 80 ký tự',
    codeTaken: 'Mã này đã có, hãy chọn mã khác',
    fileLarge: 'Tệp lớn quá 2 MB',
    fileWrong: 'Tệp này không phải là tệp biểu mẫu',
    sheetMissing: 'Chọn bảng tính để nhập',
    sheetWrong: (count: number): string => `Bảng có ${count} chỗ cần sửa, xem danh sách bên dưới`,
    rowErrors: 'Những chỗ cần sửa trong bảng tính',
    row: 'Dòng',
    column: 'Cột',
    what: 'Cần sửa',
    nothingMade: 'Chưa có gì được tạo. Sửa bảng tính rồi tải lên lại.',
  },
  en: {
    title: 'Make a form',
    titleVi: 'Name of the form (Vietnamese)',
    titleEn: 'Name of the form (English)',
    titleEnHint: 'It may wait, but is needed before the form is published.',
    code: 'Code of the form',
    codeHint: 'Small letters and digits joined by hyphens, such as dang-ky-ket-hon. It cannot be changed later.',
    way: 'Start from',
    blank: 'A blank page',
    copy: 'A copy of another form',
    copyForm: 'Form to copy',
    choose: 'Choose a form',
    file: 'A form file that was downloaded',
    fileLabel: 'Form file (.json)',
    sheet: 'An Excel sheet that lists the questions',
    sheetLabel: 'Workbook (.xlsx)',
    sheetHint: 'One question a row, 400 rows at most.',
    template: 'Download the template',
    make: 'Make it and open it',
    chooseWay: 'Choose how to start',
    chooseForm: 'Choose the form to copy',
    titleMissing: 'Enter the Vietnamese name',
    titleLong: 'A name has 300 characters at most',
    codeWrong: 'A code is small letters, digits and hyphens, 80 at most',
    codeTaken: 'This code is taken, choose another',
    fileLarge: 'The file is larger than 2 MB',
    fileWrong: 'This is no form file',
    sheetMissing: 'Choose the workbook',
    sheetWrong: (count: number): string => `There are ${count} things to correct in the sheet, listed below`,
    rowErrors: 'To be corrected in the sheet',
    row: 'Row',
    column: 'Column',
    what: 'What',
    nothingMade: 'Nothing was made. Correct the sheet and upload it again.',
  },
});

/** Making a form: its name, its code, and what it starts from. */
export function NewFormPage(props: {
  form: FormState;
  rowErrors: readonly { row: number; column: string; message: Text }[];
  forms: readonly { code: string; title: string }[];
}) {
  const own = newFormWords.use();
  const locale = useLocale();
  const { form } = props;
  const { idPrefix: _prefix, ...titleVi } = bound(form, 'titleVi');
  const { idPrefix: _prefix2, ...titleEn } = bound(form, 'titleEn');
  const { idPrefix: _prefix3, ...code } = bound(form, 'code');
  const { idPrefix: _prefix4, ...from } = bound(form, 'from');
  const { id: _id, ...way } = bound(form, 'way');
  return (
    <WorkspaceLayout title={own.title} backPath={paths.adminForms()} hasErrors={Object.keys(form.errors).length > 0}>
      <ErrorSummaryFor form={form} targets={{ way: 'way' }} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {props.rowErrors.length > 0 && (
            <section class="sen-row-errors">
              <h2 class="govuk-heading-s">{own.rowErrors}</h2>
              <p class="govuk-body">{own.nothingMade}</p>
              <table class="govuk-table">
                <thead>
                  <tr>
                    <th scope="col" class="govuk-table__header">
                      {own.row}
                    </th>
                    <th scope="col" class="govuk-table__header">
                      {own.column}
                    </th>
                    <th scope="col" class="govuk-table__header">
                      {own.what}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {props.rowErrors.map((error) => (
                    <tr>
                      <td class="govuk-table__cell">{error.row > 0 ? error.row : '–'}</td>
                      <td class="govuk-table__cell">{error.column || '–'}</td>
                      <td class="govuk-table__cell">{error.message[locale]}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <Form action={paths.adminFormNew()} upload>
            <Input {...titleVi} label={{ text: own.titleVi }} />
            <Input {...titleEn} label={{ text: own.titleEn }} hint={{ text: own.titleEnHint }} />
            <Input {...code} label={{ text: own.code }} hint={{ text: own.codeHint }} spellcheck={false} />
            <Radios
              {...way}
              fieldset={{ legend: { text: own.way, classes: 'govuk-fieldset__legend--m' } }}
              items={[
                { value: 'blank', text: own.blank },
                {
                  value: 'copy',
                  text: own.copy,
                  conditional: {
                    html: (
                      <Select
                        {...from}
                        label={{ text: own.copyForm }}
                        items={[
                          { value: '', text: own.choose },
                          ...props.forms.map((each) => ({ value: each.code, text: each.title })),
                        ]}
                      />
                    ),
                  },
                },
                {
                  value: 'sheet',
                  text: own.sheet,
                  conditional: {
                    html: (
                      <>
                        <FileUpload
                          {...boundFile(form, 'sheet')}
                          label={{ text: own.sheetLabel }}
                          hint={{ text: own.sheetHint }}
                          errorMessage={errorOf(form, 'sheet')}
                          attributes={{ accept: '.xlsx' }}
                        />
                        <p class="govuk-body">
                          <Link to={paths.adminFormTemplate()}>{own.template}</Link>
                        </p>
                      </>
                    ),
                  },
                },
                {
                  value: 'file',
                  text: own.file,
                  conditional: {
                    html: (
                      <FileUpload
                        {...boundFile(form, 'file')}
                        label={{ text: own.fileLabel }}
                        errorMessage={errorOf(form, 'file')}
                        attributes={{ accept: '.json' }}
                      />
                    ),
                  },
                },
              ]}
            />
            <Button text={own.make} preventDoubleClick />
          </Form>
        </div>
      </div>
    </WorkspaceLayout>
  );
}
