import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export const closingWords = localWords({
  vi: {
    title: 'Đóng tài khoản',
    days: (days: number): string =>
      `Tài khoản đóng sau ${days} ngày. Trong thời gian đó bạn vẫn dùng bình thường và đổi ý được.`,
    gone: 'Sẽ mất',
    goneItems: [
      'Bản hồ sơ đang soạn, chưa gửi',
      'Email và số điện thoại',
      'Mọi ủy quyền bạn đã cho hoặc đã nhận',
      'Các phiên đăng nhập',
    ],
    kept: 'Được giữ theo luật',
    keptItems: [
      'Hồ sơ đã nộp và kết quả: theo thời hạn lưu trữ của từng loại (Luật Lưu trữ)',
      'Nhật ký ai đã xem và đã làm gì',
      'Họ tên và số định danh, để không ai lấy được chỗ của bạn',
    ],
    openDossiers: (n: number): string =>
      `Bạn có ${n} hồ sơ đang giải quyết. Hồ sơ vẫn được giải quyết tiếp, nhưng bạn chỉ theo dõi được bằng mã tra cứu trên giấy tiếp nhận.`,
    reopen: 'Muốn mở lại, mang căn cước đến một cửa gần nhất.',
    reason: 'Lý do (không bắt buộc)',
    sure: 'Tôi đã hiểu và muốn đóng tài khoản',
    send: 'Đóng tài khoản',
    needSure: 'Đánh dấu rằng bạn đã hiểu',
    problem: 'Chưa thực hiện được',
    waiting: (day: string): string => `Tài khoản sẽ đóng ngày ${day}`,
    waitingText: 'Đến ngày đó bạn vẫn dùng bình thường.',
    cancel: 'Thôi đóng tài khoản',
    kept2: 'Đã giữ lại tài khoản.',
    back: 'Quay lại',
    reopening: 'Mở lại tài khoản',
    reopeningText: 'Chỉ mở lại khi chính chủ đến cùng giấy tờ tùy thân.',
    number: 'Số định danh hoặc mã số thuế',
    papers: 'Đã xem giấy tờ nào',
    open: 'Mở lại',
    notClosed: 'Không có tài khoản đã đóng nào với số này',
    papersNeeded: 'Ghi giấy tờ đã xem',
    reopened: 'Đã mở lại tài khoản.',
  },
  en: {
    title: 'Close the account',
    days: (days: number): string =>
      `The account closes after ${days} days. Until then you can use it, and change your mind.`,
    gone: 'What goes',
    goneItems: ['Drafts not sent', 'E-mail and phone', 'All mandates you gave or hold', 'Open sessions'],
    kept: 'What the law keeps',
    keptItems: [
      'Dossiers and results, as long as each kind is archived (Law on Archives)',
      'The log of who looked and what was done',
      'Name and identity number, so that nobody can take your place',
    ],
    openDossiers: (n: number): string =>
      `You have ${n} dossiers under way. They go on, but you can follow them only with the code on the receipt.`,
    reopen: 'To reopen it, bring your identity card to a one-stop counter.',
    reason: 'Reason (optional)',
    sure: 'I understand, and want to close the account',
    send: 'Close the account',
    needSure: 'Tick that you understand',
    problem: 'It was not done',
    waiting: (day: string): string => `The account will be closed on ${day}`,
    waitingText: 'Until then you can use it as always.',
    cancel: 'Keep the account',
    kept2: 'The account is kept.',
    back: 'Back',
    reopening: 'Reopen an account',
    reopeningText: 'Only when the owner has come with their identity papers.',
    number: 'Identity number or tax code',
    papers: 'Papers seen',
    open: 'Reopen',
    notClosed: 'No closed account has this number',
    papersNeeded: 'Write which papers you have seen',
    reopened: 'The account was reopened.',
  },
});

export function ClosingPage(props: {
  days: number;
  closesAt: Date | null;
  openDossiers: number;
  isWrong: boolean;
  isKept: boolean;
  reason: string;
}) {
  const own = closingWords.use();
  return (
    <PublicLayout
      title={own.title}
      width="narrow"
      noIndex
      backPath={paths.dataRequests()}
      backText={own.back}
      hasErrors={props.isWrong}
    >
      {props.isWrong && <ErrorSummary titleText={own.problem} errorList={[{ text: own.needSure, href: '#sure' }]} />}
      {props.isKept && <NotificationBanner type="success" text={own.kept2} />}
      <h1 class="govuk-heading-l">{props.closesAt ? own.waiting(formatDate(props.closesAt)) : own.title}</h1>
      {props.closesAt ? (
        <>
          <p class="govuk-body">{own.waitingText}</p>
          <Form action={paths.accountClosing()}>
            <Button text={own.cancel} name="act" value="cancel" type="submit" />
          </Form>
        </>
      ) : (
        <>
          <p class="govuk-body">{own.days(props.days)}</p>
          {props.openDossiers > 0 && <WarningText text={own.openDossiers(props.openDossiers)} />}
          <h2 class="govuk-heading-m">{own.gone}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {own.goneItems.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
          <h2 class="govuk-heading-m">{own.kept}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {own.keptItems.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
          <p class="govuk-body">{own.reopen}</p>
          <Form action={paths.accountClosing()}>
            <Textarea
              name="reason"
              id="reason"
              rows={2}
              label={{ text: own.reason, classes: 'govuk-label--s' }}
              value={props.reason}
            />
            <Checkboxes
              name="sure"
              idPrefix="sure"
              errorMessage={props.isWrong ? { text: own.needSure } : undefined}
              items={[{ value: 'yes', text: own.sure }]}
            />
            <Button text={own.send} name="act" value="close" type="submit" classes="govuk-button--warning" />
          </Form>
        </>
      )}
    </PublicLayout>
  );
}

/** An official reopens an account for its owner. */
export function ReopeningPage(props: { number: string; fault: 'number' | 'papers' | null; isDone: boolean }) {
  const own = closingWords.use();
  const text = props.fault === 'number' ? own.notClosed : own.papersNeeded;
  return (
    <WorkspaceLayout title={own.reopening} hasErrors={props.fault !== null}>
      {props.fault && <ErrorSummary titleText={own.problem} errorList={[{ text, href: `#${props.fault}` }]} />}
      {props.isDone && <NotificationBanner type="success" text={own.reopened} />}
      <p class="govuk-body">{own.reopeningText}</p>
      <Form action={paths.accountReopening()}>
        <Input
          name="number"
          id="number"
          label={{ text: own.number, classes: 'govuk-label--s' }}
          value={props.number}
          errorMessage={props.fault === 'number' ? { text } : undefined}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Input
          name="papers"
          id="papers"
          label={{ text: own.papers, classes: 'govuk-label--s' }}
          errorMessage={props.fault === 'papers' ? { text } : undefined}
          attributes={{ maxlength: '200' }}
        />
        <Button text={own.open} type="submit" />
      </Form>
    </WorkspaceLayout>
  );
}
