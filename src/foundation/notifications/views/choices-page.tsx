import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatPhone } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Enhanced } from '../../../ui/island.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { isChannelOn, type ChosenChannel } from '../choice.ts';
import { messageKinds, messageKindNames } from '../message-kind.ts';
import { messageWords } from '../message-words.ts';
import type { Choice } from '../choice.ts';

const words = localWords({
  vi: {
    title: 'Cách nhận thông báo',
    lead: 'Chọn nơi bạn muốn nhận từng loại tin. Mọi tin đều nằm lại trong tài khoản của bạn.',
    saved: 'Đã lưu cách nhận thông báo.',
    reached: 'Chúng tôi liên hệ được với bạn qua',
    noContact: 'Bạn chưa xác nhận thư điện tử hay số điện thoại nào.',
    addContact: 'Thêm trong trang tài khoản',
    always: 'Bắt buộc gửi: bạn đổi được nơi nhận, không tắt hẳn được.',
    language: 'Ngôn ngữ của tin',
    languages: { vi: 'Tiếng Việt', en: 'Tiếng Anh (English)' },
    quiet: 'Giờ yên tĩnh',
    quietHint:
      'Trong giờ này chúng tôi không nhắn tin và không hiện thông báo, trừ mã xác minh, cảnh báo an toàn và tin khẩn. Tin chờ được gửi khi hết giờ.',
    quietNo: 'Không cần, nhắn lúc nào cũng được',
    quietYes: 'Có giờ yên tĩnh',
    from: 'Từ (giờ:phút)',
    until: 'Đến (giờ:phút)',
    digest: 'Gộp thư điện tử',
    digestHint: 'Tin không gấp được gộp vào một thư.',
    digests: { off: 'Không gộp, gửi ngay', daily: 'Một thư mỗi sáng (7 giờ)', weekly: 'Một thư sáng thứ Hai' },
    save: 'Lưu cách nhận',
    browsers: 'Thông báo trên trình duyệt',
    browsersHint: 'Bật trên điện thoại hay máy tính này để nhận tin ngay cả khi không mở trang.',
    noBrowser: 'Chưa bật trên thiết bị nào.',
    switchOn: 'Bật trên thiết bị này',
    needsScript: 'Để bật, trình duyệt phải cho phép chạy mã lệnh của trang này.',
    blocked: 'Trình duyệt đang chặn thông báo của trang này. Hãy cho phép trong phần cài đặt của trình duyệt.',
    failed: 'Chưa bật được. Hãy thử lại sau.',
    remove: 'Gỡ',
    since: (day: string): string => `bật ngày ${day}`,
    errors: {
      time: 'Nhập giờ theo mẫu 22:00',
      pair: 'Nhập cả hai giờ',
      same: 'Giờ kết thúc phải khác giờ bắt đầu',
    } as Record<string, string>,
    shared: 'Nhắn DUNG đến tổng đài để thôi nhận tin nhắn, TIEP TUC để nhận lại.',
    inbox: 'Xem các thông báo',
  },
  en: {
    title: 'How you are told',
    lead: 'Choose where you get each kind of message. Everything also stays in your account.',
    saved: 'Your choice is saved.',
    reached: 'We can reach you by',
    noContact: 'You have not confirmed an e-mail address or phone number yet.',
    addContact: 'Add one on your account page',
    always: 'Always sent: you may choose where, not switch it off.',
    language: 'Language of messages',
    languages: { vi: 'Vietnamese (Tiếng Việt)', en: 'English' },
    quiet: 'Quiet hours',
    quietHint:
      'We send no texts and show nothing in these hours, but codes, safety alerts and urgent messages. What waits goes out when they end.',
    quietNo: 'None, any time is fine',
    quietYes: 'Keep quiet hours',
    from: 'From (hours:minutes)',
    until: 'Until (hours:minutes)',
    digest: 'Digest of e-mails',
    digestHint: 'What is not urgent comes in one mail.',
    digests: {
      off: 'No digest, send at once',
      daily: 'One mail every morning (7:00)',
      weekly: 'One mail on Monday morning',
    },
    save: 'Save',
    browsers: 'Browser notifications',
    browsersHint: 'Switch them on for this phone or computer to be told when no page is open.',
    noBrowser: 'On no device yet.',
    switchOn: 'Switch on here',
    needsScript: 'The browser must allow this page to run its script.',
    blocked: 'Your browser blocks notifications of this site. Allow them in its settings.',
    failed: 'It did not work. Try again later.',
    remove: 'Remove',
    since: (day: string): string => `since ${day}`,
    errors: {
      time: 'Enter a time such as 22:00',
      pair: 'Enter both times',
      same: 'The end must differ from the start',
    } as Record<string, string>,
    shared: 'Text DUNG to our number to stop text messages, TIEP TUC to start again.',
    inbox: 'See your notifications',
  },
});

export interface ChoicesPageProps {
  choice: Choice;
  form: FormState;
  contacts: readonly { channel: string; address: string }[];
  browsers: readonly { key: string; label: string; createdAt: Date }[];
  publicKey: string;
  isSaved: boolean;
}

/** One page where a person says what comes where, when and in which language. */
export function ChoicesPage(props: ChoicesPageProps) {
  const own = words.use();
  const common = messageWords.use();
  const { person } = usePage();
  const isOfficial = person?.kind === 'official';
  const reachable: ChosenChannel[] = ['in-app', ...props.contacts.map((each) => each.channel as ChosenChannel)];
  if (props.browsers.length > 0) reachable.push('push');
  if (props.contacts.some((each) => each.channel === 'sms')) reachable.push('chat');
  const errors = Object.fromEntries(
    Object.entries(props.form.errors).map(([name, error]) => [name, own.errors[error] ?? error]),
  );
  const form = { ...props.form, errors };
  return (
    <Frame isOfficial={isOfficial} title={own.title} hasErrors={Object.keys(errors).length > 0}>
      {props.isSaved && <NotificationBanner type="success" text={own.saved} />}
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.lead}</p>
      <Reach contacts={props.contacts} isOfficial={isOfficial} />
      <Form>
        {reachable.map((channel) => (
          <input type="hidden" name="kenh" value={channel} />
        ))}
        {messageKindNames
          .filter((kind) => messageKinds[kind].for === 'all' || (messageKinds[kind].for === 'officials') === isOfficial)
          .map((kind) => (
            <KindBoxes kind={kind} choice={props.choice} reachable={reachable} names={common.channels} />
          ))}
        <QuietHours form={form} />
        <Radios
          name="gop-thu"
          idPrefix="gop-thu"
          value={props.choice.digest}
          fieldset={{ legend: { text: own.digest, classes: 'govuk-fieldset__legend--m' } }}
          hint={{ text: own.digestHint }}
          items={(['off', 'daily', 'weekly'] as const).map((value) => ({ value, text: own.digests[value] }))}
        />
        <Radios
          name="ngon-ngu"
          idPrefix="ngon-ngu"
          value={props.choice.language}
          fieldset={{ legend: { text: own.language, classes: 'govuk-fieldset__legend--m' } }}
          items={(['vi', 'en'] as const).map((value) => ({ value, text: own.languages[value] }))}
        />
        <Button>{own.save}</Button>
      </Form>
      <Browsers {...props} />
      <p class="govuk-body">{own.shared}</p>
      <p class="govuk-body">
        <Link to={isOfficial ? paths.workspaceNotifications() : paths.notifications()}>{own.inbox}</Link>
      </p>
    </Frame>
  );
}

function Reach(props: { contacts: ChoicesPageProps['contacts']; isOfficial: boolean }) {
  const own = words.use();
  const common = messageWords.use();
  if (props.contacts.length > 0)
    return (
      <div class="govuk-inset-text">
        {own.reached}
        <ul class="govuk-list govuk-list--bullet">
          {props.contacts.map(({ channel, address }) => (
            <li>
              {common.channels[channel]}: {channel === 'sms' ? formatPhone(address) : address}
            </li>
          ))}
        </ul>
      </div>
    );
  return (
    <div class="govuk-inset-text">
      {own.noContact} {!props.isOfficial && <Link to={paths.account()}>{own.addContact}</Link>}
    </div>
  );
}

function KindBoxes(props: {
  kind: (typeof messageKindNames)[number];
  choice: Choice;
  reachable: readonly ChosenChannel[];
  names: Record<string, string>;
}) {
  const own = words.use();
  const { locale } = usePage();
  const kind = messageKinds[props.kind];
  return (
    <Checkboxes
      name={props.kind}
      idPrefix={props.kind}
      classes="govuk-checkboxes--small"
      fieldset={{ legend: { text: kind.title[locale], classes: 'govuk-fieldset__legend--s' } }}
      hint={{ text: kind.isMandatory ? `${kind.hint[locale]} ${own.always}` : kind.hint[locale] }}
      items={props.reachable
        .filter((channel) => props.kind !== 'security' || channel === 'email' || channel === 'sms')
        .map((channel) => ({
          value: channel,
          text: props.names[channel],
          checked: (kind.isMandatory && channel === 'in-app') || isChannelOn(props.choice, props.kind, channel),
          disabled: kind.isMandatory && channel === 'in-app',
        }))}
    />
  );
}

function QuietHours({ form }: { form: FormState }) {
  const own = words.use();
  const times = (
    <div class="sen-pair">
      <Input {...bound(form, 'tu')} label={{ text: own.from }} inputmode="numeric" classes="govuk-input--width-5" />
      <Input {...bound(form, 'den')} label={{ text: own.until }} inputmode="numeric" classes="govuk-input--width-5" />
    </div>
  );
  return (
    <Radios
      name="yen-tinh"
      idPrefix="yen-tinh"
      value={form.values['yen-tinh'] as string}
      fieldset={{ legend: { text: own.quiet, classes: 'govuk-fieldset__legend--m' } }}
      hint={{ text: own.quietHint }}
      items={[
        { value: 'khong', text: own.quietNo },
        { value: 'co', text: own.quietYes, conditional: { html: times } },
      ]}
    />
  );
}

function Browsers(props: ChoicesPageProps) {
  const own = words.use();
  return (
    <section>
      <h2 class="govuk-heading-m">{own.browsers}</h2>
      <p class="govuk-body">{own.browsersHint}</p>
      {props.browsers.length === 0 && <p class="govuk-body">{own.noBrowser}</p>}
      {props.browsers.map((browser) => (
        <Form action={paths.notificationBrowserRemoval({ key: browser.key })}>
          <p class="govuk-body">
            {browser.label}, {own.since(formatDate(browser.createdAt))}{' '}
            <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">
              {own.remove}
              <span class="govuk-visually-hidden">: {browser.label}</span>
            </button>
          </p>
        </Form>
      ))}
      <Enhanced
        name="notifications/push-switch.ts"
        on="load"
        props={{ publicKey: props.publicKey, worker: paths.serviceWorker(), blocked: own.blocked, failed: own.failed }}
      >
        <Form action={paths.notificationBrowsers()} id="trinh-duyet">
          <input type="hidden" name="endpoint" value="" />
          <input type="hidden" name="p256dh" value="" />
          <input type="hidden" name="auth" value="" />
          <p class="govuk-body" data-push-note="" role="status">
            {own.needsScript}
          </p>
          <span hidden data-push-button="">
            <Button classes="govuk-button--secondary">{own.switchOn}</Button>
          </span>
        </Form>
      </Enhanced>
    </section>
  );
}

function Frame(props: { isOfficial: boolean; title: string; hasErrors: boolean; children: ComponentChildren }) {
  if (props.isOfficial)
    return (
      <WorkspaceLayout title={props.title} hasErrors={props.hasErrors}>
        <div class="sen-actform">{props.children}</div>
      </WorkspaceLayout>
    );
  return (
    <PublicLayout
      title={props.title}
      width="narrow"
      breadcrumbs={[{ text: props.title }]}
      hasErrors={props.hasErrors}
      noIndex
    >
      <h1 class="govuk-heading-xl">{props.title}</h1>
      {props.children}
    </PublicLayout>
  );
}

const stopWords = localWords({
  vi: {
    title: 'Thôi nhận thư loại này',
    ask: (kind: string): string => `Bạn muốn thôi nhận thư điện tử về “${kind}”?`,
    rest: 'Tin vẫn nằm trong tài khoản của bạn. Những tin pháp luật bắt buộc gửi vẫn được gửi.',
    stop: 'Thôi nhận',
    done: 'Đã thôi gửi thư loại này cho bạn.',
    kept: 'Loại tin này bắt buộc phải gửi, nên không tắt được.',
    choose: 'Chọn cách nhận thông báo',
  },
  en: {
    title: 'Stop these e-mails',
    ask: (kind: string): string => `Stop e-mails about “${kind}”?`,
    rest: 'Messages stay in your account. What the law asks for is still sent.',
    stop: 'Stop',
    done: 'We no longer send you e-mails of this kind.',
    kept: 'Messages of this kind must be sent and cannot be stopped.',
    choose: 'Choose how you are told',
  },
});

/** What a link in a mail leads to: asked before it is done, because programs open links too. */
export function UnsubscribePage(props: { kind: string; state: 'ask' | 'done' | 'kept' }) {
  const own = stopWords.use();
  return (
    <PublicLayout title={own.title} width="narrow" noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{props.state === 'ask' ? own.ask(props.kind) : own[props.state]}</p>
      <p class="govuk-body">{own.rest}</p>
      {props.state === 'ask' && (
        <Form>
          <Button>{own.stop}</Button>
        </Form>
      )}
      <p class="govuk-body">
        <Link to={paths.notificationChoices()}>{own.choose}</Link>
      </p>
    </PublicLayout>
  );
}
