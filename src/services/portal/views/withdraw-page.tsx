import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export const withdrawWords = localWords({
  vi: {
    title: 'Rút hồ sơ',
    warning: 'Rút rồi thì hồ sơ không giải quyết nữa và không khôi phục được. Bạn có thể nộp hồ sơ mới sau.',
    reason: 'Vì sao bạn rút hồ sơ?',
    hint: 'Ví dụ: nộp nhầm thủ tục, thông tin đã thay đổi.',
    missing: 'Ghi lý do rút hồ sơ',
    long: 'Lý do dài tối đa 1.000 ký tự',
    yes: 'Rút hồ sơ',
    no: 'Giữ hồ sơ',
    back: 'Quay lại hồ sơ',
  },
  en: {
    title: 'Withdraw the dossier',
    warning: 'Once withdrawn it is not processed any more and cannot be brought back. You may apply again later.',
    reason: 'Why do you withdraw it?',
    hint: 'For example: the wrong procedure, or something has changed.',
    missing: 'Give the reason',
    long: 'The reason may have 1,000 characters at most',
    yes: 'Withdraw it',
    no: 'Keep it',
    back: 'Back to the dossier',
  },
});

/** Asks once, with the reason. */
export function WithdrawPage(props: { id: string; name: string; form: FormState; version: number }) {
  const own = withdrawWords.use();
  const back = paths.myDossier({ id: props.id });
  return (
    <PublicLayout
      title={own.title}
      backPath={back}
      backText={own.back}
      width="narrow"
      noIndex
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <ErrorSummaryFor form={props.form} />
      <span class="govuk-caption-l">{props.name}</span>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <WarningText text={own.warning} />
      <Form>
        <input type="hidden" name="version" value={String(props.version)} />
        <Textarea
          {...bound(props.form, 'reason')}
          rows={4}
          label={{ text: own.reason, classes: 'govuk-label--m' }}
          hint={{ text: own.hint }}
        />
        <div class="govuk-button-group">
          <Button text={own.yes} classes="govuk-button--warning" preventDoubleClick />
          <Button text={own.no} href={back} classes="govuk-button--secondary" />
        </div>
      </Form>
    </PublicLayout>
  );
}
