import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { messageModes, type MessageMode } from '../trial.ts';

export const trialWords = localWords({
  vi: {
    title: 'Chế độ gửi tin',
    lead: 'Trước khi mở cho người dân, hãy chạy thử: tin được soạn và ghi lại như thật, nhưng không ra ngoài hoặc chỉ đến người thử.',
    mode: 'Tin được gửi đến ai?',
    modes: {
      live: ['Mọi người', 'Gửi thật, dùng khi hệ thống đã chính thức hoạt động.'],
      team: ['Chỉ người trong danh sách nhận thử', 'Tin cho người khác được giữ lại ở Hộp thư đi.'],
      test: ['Không ai', 'Mọi tin được giữ lại ở Hộp thư đi, không nhà cung cấp nào được gọi.'],
    } as Record<MessageMode, [string, string]>,
    codes: 'Khi chạy thử, mã xác minh cũng không đến người ngoài danh sách: họ không đăng ký và đăng nhập được.',
    team: 'Danh sách nhận thử',
    teamHint: 'Mỗi dòng một thư điện tử hoặc một số di động. Khi soạn mẫu tin, bạn cũng gửi thử được cho họ.',
    save: 'Lưu',
    saved: 'Đã lưu chế độ gửi tin.',
    chooseMode: 'Chọn tin được gửi đến ai',
    wrong: (lines: string): string => `Không phải thư điện tử hay số di động: ${lines}`,
    tooMany: (most: number): string => `Danh sách có nhiều nhất ${most} người`,
    needTeam: 'Nhập ít nhất một người nhận thử',
    on: {
      team: 'Hệ thống đang chạy thử: tin chỉ đến người trong danh sách nhận thử.',
      test: 'Hệ thống đang chạy thử: không tin nào ra ngoài.',
    } as Record<string, string>,
    change: 'Đổi chế độ gửi tin',
  },
  en: {
    title: 'Where messages go',
    lead: 'Try the system out before it opens: messages are written and kept as always, but go nowhere or only to those who try it.',
    mode: 'Who gets messages?',
    modes: {
      live: ['Everybody', 'For a system in operation.'],
      team: ['Only those on the trial list', 'Messages to others stay in the outbox.'],
      test: ['Nobody', 'All messages stay in the outbox; no provider is called.'],
    } as Record<MessageMode, [string, string]>,
    codes: 'During a trial codes do not reach others either: they cannot register or sign in by them.',
    team: 'Trial list',
    teamHint: 'One e-mail address or mobile number on a line.',
    save: 'Save',
    saved: 'Saved.',
    chooseMode: 'Choose who gets messages',
    wrong: (lines: string): string => `Neither an e-mail address nor a mobile number: ${lines}`,
    tooMany: (most: number): string => `The list holds at most ${most} people`,
    needTeam: 'Enter at least one address',
    on: {
      team: 'This is a trial: messages reach only those on the trial list.',
      test: 'This is a trial: no message leaves the house.',
    } as Record<string, string>,
    change: 'Change it',
  },
});

/** Who gets messages, and the list of those who try the system out. */
export function TrialPage(props: { mode: MessageMode | null; version: number; form: FormState; isSaved?: boolean }) {
  const own = trialWords.use();
  const fault = props.form.errors['che-do'];
  return (
    <WorkspaceLayout
      title={own.title}
      backPath={paths.adminMessageProviders()}
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <div class="sen-actform">
        {props.isSaved && <NotificationBanner type="success" text={own.saved} />}
        <ErrorSummaryFor form={props.form} />
        <p class="govuk-body">{own.lead}</p>
        <Form>
          <input type="hidden" name="phien-ban" value={String(props.version)} />
          <Radios
            name="che-do"
            idPrefix="che-do"
            value={props.mode ?? undefined}
            fieldset={{ legend: { text: own.mode, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={fault ? { text: fault } : undefined}
            items={messageModes.map((value) => ({
              value,
              text: own.modes[value][0],
              hint: { text: own.modes[value][1] },
            }))}
          />
          <WarningText text={own.codes} iconFallbackText="!" />
          <Textarea
            {...bound(props.form, 'danh-sach')}
            label={{ text: own.team, classes: 'govuk-label--m' }}
            hint={{ text: own.teamHint }}
            rows={6}
            spellcheck={false}
          />
          <Button>{own.save}</Button>
        </Form>
      </div>
    </WorkspaceLayout>
  );
}

/** Says on other pages that messages do not reach everybody. */
export function TrialMark({ mode }: { mode: MessageMode }) {
  const own = trialWords.use();
  if (mode === 'live') return null;
  return (
    <div class="govuk-inset-text">
      <strong>{own.on[mode]}</strong> <Link to={paths.adminMessageTrial()}>{own.change}</Link>
    </div>
  );
}
