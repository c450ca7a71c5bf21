import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Panel } from '../../../ui/govuk/panel.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { errorOf, type FieldErrors } from './form-page.tsx';

const words = localWords({
  vi: {
    title: 'Khôi phục tài khoản tại quầy',
    text: 'Dành cho công dân đã mất điện thoại hoặc khóa truy cập và không còn mã khôi phục. Công dân phải có mặt, mang giấy tờ tùy thân bản gốc. Mọi cách xác minh hai bước được gỡ ngay, mọi phiên kết thúc, công dân nhận tin báo; việc này được ghi vào nhật ký cùng tên bạn.',
    identityNumber: 'Số định danh cá nhân ghi trên giấy tờ',
    fullName: 'Họ và tên ghi trên giấy tờ',
    paper: 'Giấy tờ đã đối chiếu',
    papers: { 'identity-card': 'Thẻ căn cước', passport: 'Hộ chiếu', certificate: 'Giấy chứng nhận căn cước' },
    checked: 'Tôi đã đối chiếu giấy tờ bản gốc với người có mặt',
    send: 'Gỡ cách xác minh hai bước',
    needNumber: 'Hãy nhập đúng số định danh cá nhân',
    missing: 'Không có tài khoản công dân nào mang số định danh và họ tên này',
    needCheck: 'Hãy đối chiếu giấy tờ rồi đánh dấu',
    needPaper: 'Hãy chọn giấy tờ đã đối chiếu',
    problem: 'Chưa thực hiện được',
    done: 'Đã gỡ cách xác minh hai bước',
    doneText: 'Công dân đăng nhập lại bằng mật khẩu rồi thiết lập lại xác minh hai bước.',
    more: 'Khôi phục tài khoản khác',
  },
  en: {
    title: 'Recover an account at the counter',
    text: 'For citizens who lost telephone or passkey and have no recovery code left. They must be present with their original identity paper. All second factors are removed at once, all sessions end, the citizen is told; the act is recorded with your name.',
    identityNumber: 'Identity number on the paper',
    fullName: 'Full name on the paper',
    paper: 'Paper you compared',
    papers: { 'identity-card': 'Identity card', passport: 'Passport', certificate: 'Certificate of identity' },
    checked: 'I compared the original paper with the person present',
    send: 'Remove the second factors',
    needNumber: 'Enter a valid identity number',
    missing: 'No citizen’s account has this number and name',
    needCheck: 'Compare the paper, then tick',
    needPaper: 'Choose the paper',
    problem: 'There is a problem',
    done: 'The second factors were removed',
    doneText: 'The citizen signs in with the password and sets up a second factor again.',
    more: 'Recover another account',
  },
});
export const counterRecoveryWords = words;
export const PAPERS = ['identity-card', 'passport', 'certificate'] as const;

export function CounterRecoveryPage(props: { values?: URLSearchParams; errors?: FieldErrors; isDone?: boolean }) {
  const w = words.use();
  const errors = Object.entries(props.errors ?? {});
  const value = (name: string) => props.values?.get(name)?.slice(0, 100);
  if (props.isDone)
    return (
      <WorkspaceLayout title={w.title} heading={false}>
        <Panel titleText={w.done} text={w.doneText} />
        <Button text={w.more} href={paths.counterRecovery()} classes="govuk-button--secondary" />
      </WorkspaceLayout>
    );
  return (
    <WorkspaceLayout title={w.title} hasErrors={errors.length > 0}>
      {errors.length > 0 && (
        <ErrorSummary titleText={w.problem} errorList={errors.map(([field, text]) => ({ text, href: `#${field}` }))} />
      )}
      <p class="govuk-body">{w.text}</p>
      <Form action={paths.counterRecovery()} attributes={{ 'data-turbo': 'false' }}>
        <Input
          name="identityNumber"
          label={{ text: w.identityNumber, classes: 'govuk-label--s' }}
          value={value('identityNumber')}
          errorMessage={errorOf(props.errors, 'identityNumber')}
          classes="govuk-input--width-20"
          inputmode="numeric"
          autocomplete="off"
        />
        <Input
          name="fullName"
          label={{ text: w.fullName, classes: 'govuk-label--s' }}
          value={value('fullName')}
          classes="govuk-input--width-20"
          autocomplete="off"
        />
        <Select
          name="paper"
          label={{ text: w.paper, classes: 'govuk-label--s' }}
          errorMessage={errorOf(props.errors, 'paper')}
          items={[
            { value: '', text: '' },
            ...PAPERS.map((one) => ({ value: one, text: w.papers[one], selected: value('paper') === one })),
          ]}
        />
        <Checkboxes
          name="checked"
          idPrefix="checked"
          errorMessage={errorOf(props.errors, 'checked')}
          items={[{ value: 'yes', text: w.checked }]}
        />
        <Button text={w.send} classes="govuk-button--warning" />
      </Form>
    </WorkspaceLayout>
  );
}
