import { usePage } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Tạm dừng theo kế hoạch',
    lead: 'Thông báo hiện trên đầu mọi trang, từ khi bạn lưu đến khi hết thời gian tạm dừng.',
    law: 'Phải báo trước ít nhất 7 ngày làm việc và nêu thời điểm dự kiến hoạt động lại (Nghị định 224/2026/NĐ-CP, Điều 13).',
    late: 'Thời điểm này gần hơn 7 ngày làm việc. Chỉ dùng cho sự cố hoặc trường hợp khẩn cấp.',
    current: 'Đang thông báo',
    from: 'Bắt đầu',
    to: 'Dự kiến hoạt động lại',
    hint: 'Ví dụ 2026-12-05T22:00',
    vi: 'Nội dung tiếng Việt',
    en: 'Nội dung tiếng Anh',
    save: 'Thông báo',
    cancel: 'Hủy thông báo',
  },
  en: {
    title: 'Planned downtime',
    lead: 'The announcement stands at the top of every page from now until the downtime is over.',
    law: 'Announce at least 7 working days ahead, with the expected time of recovery (Decree 224/2026, Article 13).',
    late: 'This is less than 7 working days away. For incidents and emergencies only.',
    current: 'Announced now',
    from: 'Starts',
    to: 'Expected back',
    hint: 'For example 2026-12-05T22:00',
    vi: 'Vietnamese text',
    en: 'English text',
    save: 'Announce',
    cancel: 'Withdraw the announcement',
  },
});

export interface DowntimePageProps {
  form: FormState;
  version: number;
  current: { startsAt: Date; endsAt: Date; text: string; isShortNotice: boolean } | null;
}

/** Announces, changes or withdraws a planned downtime. */
export function DowntimePage(props: DowntimePageProps) {
  const own = words.use();
  const { locale } = usePage();
  const { form, current } = props;
  return (
    <WorkspaceLayout title={own.title} hasErrors={Object.keys(form.errors).length > 0}>
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.lead}</p>
      <InsetText text={own.law} />
      {current && (
        <>
          <h2 class="govuk-heading-m">{own.current}</h2>
          <p class="govuk-body">
            {formatDateTime(current.startsAt, locale)} – {formatDateTime(current.endsAt, locale)}: {current.text}
          </p>
          {current.isShortNotice && <WarningText text={own.late} />}
          <Form action={paths.adminDowntimeCancel()}>
            <input type="hidden" name="phien-ban" value={String(props.version)} />
            <Button classes="govuk-button--warning">{own.cancel}</Button>
          </Form>
        </>
      )}
      <Form action={paths.adminDowntime()}>
        <input type="hidden" name="phien-ban" value={String(props.version)} />
        <Input
          {...bound(form, 'tu')}
          label={{ text: own.from }}
          hint={{ text: own.hint }}
          type="datetime-local"
          classes="govuk-input--width-20"
        />
        <Input
          {...bound(form, 'den')}
          label={{ text: own.to }}
          hint={{ text: own.hint }}
          type="datetime-local"
          classes="govuk-input--width-20"
        />
        <Textarea {...bound(form, 'noi-dung')} label={{ text: own.vi }} rows={3} />
        <Textarea {...bound(form, 'noi-dung-en')} label={{ text: own.en }} rows={3} />
        <Button>{own.save}</Button>
      </Form>
    </WorkspaceLayout>
  );
}
