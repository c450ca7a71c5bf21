import { usePage } from '../../../platform/http/page-context.ts';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { SubNavigation } from '../../../ui/moj/sub-navigation.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { textChannels, type ChannelTexts, type TextChannel } from '../channel-text.ts';
import { messageWords } from '../message-words.ts';
import type { TemplateVersion } from '../template-queries.ts';
import { Paragraphs } from './inbox-page.tsx';

export interface ChannelPreview {
  locale: 'vi' | 'en';
  subject: string;
  body: string;
  sms: { parts: number; length: number; left: number; alphabet: string } | null;
  data: Record<string, string> | null;
}

const words = localWords({
  vi: {
    channels: 'Các kênh',
    unit: 'Đơn vị dùng mẫu này',
    province: 'Cả tỉnh',
    open: 'Mở mẫu của đơn vị',
    variables: 'Các chỗ điền có thể dùng',
    variablesLead: 'Viết tên chỗ điền trong dấu ngoặc nhọn. Khi gửi, hệ thống thay bằng nội dung thật.',
    required: 'bắt buộc có',
    languages: { vi: 'Tiếng Việt', en: 'Tiếng Anh' },
    subject: 'Tiêu đề',
    body: 'Nội dung',
    accents: 'Bỏ dấu tiếng Việt',
    accentsHint: 'Không dấu được 160 ký tự mỗi phần tin; có dấu chỉ 70.',
    chatTemplate: 'Số của mẫu đã được Zalo duyệt',
    chatParameters: 'Tham số của mẫu Zalo',
    chatHint: 'Mỗi dòng một tham số: ten_tham_so = tên chỗ điền',
    note: 'Ghi chú cho phiên bản',
    preview: 'Xem trước',
    save: 'Lưu bản nháp',
    publish: 'Lưu và công bố',
    previewTitle: 'Xem trước với một hồ sơ mẫu',
    parts: (n: number, length: number, left: number): string =>
      `${n} phần tin, ${length} ký tự, còn trống ${left} ký tự ở phần cuối`,
    alphabets: { 'gsm-7': 'không dấu (160 ký tự mỗi tin)', 'ucs-2': 'có dấu (70 ký tự mỗi tin)' } as Record<
      string,
      string
    >,
    test: 'Gửi thử',
    testLead: 'Gửi bản mới nhất với hồ sơ mẫu đến một địa chỉ của bạn.',
    testAddress: 'Địa chỉ hoặc số điện thoại',
    send: 'Gửi thử',
    sendModes: { that: 'Gửi thật tới địa chỉ trên', 'giu-lai': 'Chỉ giữ ở Hộp thư đi' } as Record<string, string>,
    sendMode: 'Cách thử',
    versions: 'Các phiên bản',
    noVersions: 'Chưa ai sửa: đang dùng mẫu cấp trên hoặc mẫu có sẵn.',
    number: (n: number): string => `Phiên bản ${n}`,
    states: { draft: 'Bản nháp', published: 'Đang dùng', retired: 'Cũ' } as Record<string, string>,
    use: 'Dùng phiên bản này',
    withdraw: 'Trở về mẫu cấp trên',
    by: 'Người soạn',
    notices: {
      luu: 'Đã lưu bản nháp.',
      'cong-bo': 'Đã công bố. Tin gửi từ bây giờ dùng nội dung này.',
      'tro-ve': 'Đã trở về mẫu cấp trên.',
      'gui-thu': 'Đã gửi thử. Kết quả nằm trong hộp thư đi.',
    } as Record<string, string>,
    faults: {
      empty: (): string => 'Nhập nội dung',
      long: (): string => 'Nội dung quá dài',
      'unknown-variable': (names: string): string => `Không có chỗ điền này: ${names}`,
      'missing-variable': (names: string): string => `Còn thiếu chỗ điền bắt buộc: ${names}`,
      'chat-template': (): string => 'Nhập số của mẫu đã được duyệt',
      'chat-parameter': (names: string): string => `Tham số chưa đúng: ${names}`,
      address: (): string => 'Nhập đúng địa chỉ hoặc số điện thoại nhận thử',
    } as Record<string, (names: string) => string>,
  },
  en: {
    channels: 'Channels',
    unit: 'Unit that uses this text',
    province: 'Whole province',
    open: "Open the unit's text",
    variables: 'Places that may be used',
    variablesLead: 'Write the name of a place in braces. It is replaced when the message is sent.',
    required: 'required',
    languages: { vi: 'Vietnamese', en: 'English' },
    subject: 'Subject',
    body: 'Text',
    accents: 'Without Vietnamese accents',
    accentsHint: 'Without accents a part has 160 characters, with accents 70.',
    chatTemplate: 'Number of the template that Zalo approved',
    chatParameters: "Parameters of Zalo's template",
    chatHint: 'One on a line: parameter_name = name of a place',
    note: 'Remark on this version',
    preview: 'Preview',
    save: 'Save a draft',
    publish: 'Save and publish',
    previewTitle: 'Preview with a sample dossier',
    parts: (n: number, length: number, left: number): string =>
      `${n} parts, ${length} characters, ${left} left in the last part`,
    alphabets: { 'gsm-7': 'no accents (160 characters a text)', 'ucs-2': 'accents (70 characters a text)' } as Record<
      string,
      string
    >,
    test: 'Test',
    testLead: 'Sends the newest version with the sample dossier to an address of yours.',
    testAddress: 'Address or phone number',
    send: 'Send the test',
    sendModes: { that: 'Send it to this address', 'giu-lai': 'Only keep it in the outbox' } as Record<string, string>,
    sendMode: 'How to test',
    versions: 'Versions',
    noVersions: 'Nobody edited it: the text from above or the shipped one is used.',
    number: (n: number): string => `Version ${n}`,
    states: { draft: 'Draft', published: 'In use', retired: 'Old' } as Record<string, string>,
    use: 'Use this version',
    withdraw: 'Back to the text from above',
    by: 'By',
    notices: {
      luu: 'The draft is saved.',
      'cong-bo': 'Published. Messages from now on use this text.',
      'tro-ve': 'Back to the text from above.',
      'gui-thu': 'The test is sent. See the outbox for what became of it.',
    } as Record<string, string>,
    faults: {
      empty: (): string => 'Enter a text',
      long: (): string => 'The text is too long',
      'unknown-variable': (names: string): string => `There is no such place: ${names}`,
      'missing-variable': (names: string): string => `A required place is missing: ${names}`,
      'chat-template': (): string => 'Enter the number of the approved template',
      'chat-parameter': (names: string): string => `These parameters are not right: ${names}`,
      address: (): string => 'Enter a valid address or phone number',
    } as Record<string, (names: string) => string>,
  },
});

export interface TextPageProps {
  message: { key: string; title: string; variables: readonly string[]; required: readonly string[] };
  channel: TextChannel;
  unitId: string | null;
  units: readonly { id: string; name: string }[];
  mayProvince: boolean;
  texts: ChannelTexts;
  note: string;
  faults: Record<string, { fault: string; names: string[] }>;
  previews: readonly ChannelPreview[];
  versions: readonly TemplateVersion[];
  hasShipped: boolean;
  testAddress: string;
  notice: string;
}

/** The editor of one text: form, what it becomes, test, versions. */
export function TextPage(props: TextPageProps) {
  const own = words.use();
  const common = messageWords.use();
  const errors = Object.fromEntries(
    Object.entries(props.faults).map(([name, { fault, names }]) => [
      name,
      own.faults[fault]?.(names.map((each) => `{${each}}`).join(', ')) ?? fault,
    ]),
  );
  const { texts } = props;
  const form: FormState = {
    values: {
      'vi-subject': texts.vi.subject,
      'vi-body': texts.vi.body,
      'en-subject': texts.en.subject,
      'en-body': texts.en.body,
      'chat-template': texts.chatTemplate,
      'chat-parameters': Object.entries(texts.chatParameters ?? {})
        .map(([parameter, name]) => `${parameter} = ${name}`)
        .join('\n'),
      'ghi-chu': props.note,
      'dia-chi': props.testAddress,
    },
    errors,
  };
  return (
    <WorkspaceLayout
      title={props.message.title}
      caption={common.channels[props.channel]}
      backPath={paths.adminMessageTexts()}
      hasErrors={Object.keys(errors).length > 0}
    >
      {own.notices[props.notice] && <NotificationBanner type="success" text={own.notices[props.notice]} />}
      <ErrorSummaryFor form={form} />
      <SubNavigation
        label={own.channels}
        items={textChannels.map((channel) => ({
          text: common.channels[channel],
          href: paths.adminMessageText({ key: props.message.key, channel }, { 'don-vi': props.unitId }),
          active: channel === props.channel,
        }))}
      />
      <UnitChoice {...props} />
      <Variables {...props} />
      <Editor {...props} form={form} />
      <Previews {...props} />
      {['email', 'sms', 'chat'].includes(props.channel) && <TestForm {...props} form={form} />}
      <Versions {...props} />
    </WorkspaceLayout>
  );
}

function UnitChoice(props: TextPageProps) {
  const own = words.use();
  return (
    <Form method="get" class="sen-filter-row">
      <Select
        id="don-vi-mau"
        name="don-vi"
        label={{ text: own.unit }}
        items={[
          props.mayProvince && { value: '', text: own.province, selected: props.unitId === null },
          ...props.units.map(({ id, name }) => ({ value: id, text: name, selected: id === props.unitId })),
        ]}
      />
      <Button classes="govuk-button--secondary">{own.open}</Button>
    </Form>
  );
}

function Variables(props: TextPageProps) {
  const own = words.use();
  const common = messageWords.use();
  return (
    <Details summaryText={own.variables} open>
      <p class="govuk-body">{own.variablesLead}</p>
      <ul class="govuk-list">
        {props.message.variables.map((name) => (
          <li>
            <code>{`{${name}}`}</code> {common.variables[name] ?? ''}{' '}
            {props.message.required.includes(name) && `(${own.required})`}
          </li>
        ))}
      </ul>
    </Details>
  );
}

function Editor(props: TextPageProps & { form: FormState }) {
  const own = words.use();
  const { channel, form } = props;
  const hasSubject = channel !== 'sms' && channel !== 'chat';
  return (
    // A preview answers without leading on, which only a whole load shows.
    <Form attributes={{ 'data-turbo': 'false' }}>
      <input type="hidden" name="don-vi" value={props.unitId ?? ''} />
      <div class="sen-two">
        {(['vi', 'en'] as const).map((locale) => (
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{own.languages[locale]}</legend>
            {hasSubject && (
              <Input
                {...bound(form, `${locale}-subject`)}
                label={{ text: own.subject }}
                attributes={{ lang: locale }}
              />
            )}
            <Textarea
              {...bound(form, `${locale}-body`)}
              label={{ text: own.body }}
              rows={channel === 'email' ? 12 : 5}
              attributes={{ lang: locale }}
            />
          </fieldset>
        ))}
      </div>
      {channel === 'sms' && (
        <Checkboxes
          name="khong-dau"
          idPrefix="khong-dau"
          items={[
            {
              value: 'co',
              text: own.accents,
              hint: { text: own.accentsHint },
              checked: props.texts.withoutAccents ?? false,
            },
          ]}
        />
      )}
      {channel === 'chat' && (
        <>
          <Input {...bound(form, 'chat-template')} label={{ text: own.chatTemplate }} classes="govuk-input--width-10" />
          <Textarea
            {...bound(form, 'chat-parameters')}
            label={{ text: own.chatParameters }}
            hint={{ text: own.chatHint }}
          />
        </>
      )}
      <Input {...bound(form, 'ghi-chu')} label={{ text: own.note }} />
      <div class="govuk-button-group">
        <Button name="viec" value="xem" classes="govuk-button--secondary">
          {own.preview}
        </Button>
        <Button name="viec" value="luu" classes="govuk-button--secondary">
          {own.save}
        </Button>
        <Button name="viec" value="cong-bo">
          {own.publish}
        </Button>
      </div>
    </Form>
  );
}

function Previews(props: TextPageProps) {
  const own = words.use();
  const { locale: pageLocale } = usePage();
  const number = (value: number) => formatNumber(value, pageLocale);
  return (
    <section id="xem-truoc">
      <h2 class="govuk-heading-m">{own.previewTitle}</h2>
      <div class="sen-two">
        {props.previews.map(({ locale, subject, body, sms, data }) => (
          <article class="sen-notice" lang={locale}>
            <h3 class="govuk-heading-s">{own.languages[locale]}</h3>
            {subject && (
              <p class="govuk-body">
                <strong>{subject}</strong>
              </p>
            )}
            <Paragraphs text={body} />
            {data && (
              <ul class="govuk-list">
                {Object.entries(data).map(([name, value]) => (
                  <li>
                    <code>{name}</code>: {value}
                  </li>
                ))}
              </ul>
            )}
            {sms && (
              <p class="govuk-hint" lang={pageLocale}>
                {own.alphabets[sms.alphabet]}:{' '}
                {own.parts(sms.parts, sms.length, sms.left).replaceAll(/\d+/g, (digits) => number(Number(digits)))}
              </p>
            )}
          </article>
        ))}
      </div>
    </section>
  );
}

function TestForm(props: TextPageProps & { form: FormState }) {
  const own = words.use();
  return (
    <section>
      <h2 class="govuk-heading-m">{own.test}</h2>
      <Form action={paths.adminMessageTextTest({ key: props.message.key, channel: props.channel })}>
        <input type="hidden" name="don-vi" value={props.unitId ?? ''} />
        <Input
          {...bound(props.form, 'dia-chi')}
          label={{ text: own.testAddress }}
          hint={{ text: own.testLead }}
          classes="govuk-input--width-20"
        />
        <Radios
          name="cach-thu"
          idPrefix="cach-thu"
          value="that"
          classes="govuk-radios--small govuk-radios--inline"
          fieldset={{ legend: { text: own.sendMode } }}
          items={Object.entries(own.sendModes).map(([value, text]) => ({ value, text }))}
        />
        <Button classes="govuk-button--secondary">{own.send}</Button>
      </Form>
    </section>
  );
}

function Versions(props: TextPageProps) {
  const own = words.use();
  const { locale } = usePage();
  const act = (versionId: string, action: string) =>
    paths.adminMessageTextVersion({ key: props.message.key, channel: props.channel, versionId, action });
  const unit = <input type="hidden" name="don-vi" value={props.unitId ?? ''} />;
  return (
    <section>
      <h2 class="govuk-heading-m">{own.versions}</h2>
      {props.versions.length === 0 && <p class="govuk-body">{own.noVersions}</p>}
      {props.versions.map((version) => (
        <article class="sen-notice">
          <h3 class="govuk-heading-s">
            {own.number(version.number)}{' '}
            <Tag classes={version.state === 'published' ? 'govuk-tag--green' : 'govuk-tag--grey'}>
              {own.states[version.state]}
            </Tag>
          </h3>
          <p class="govuk-hint">
            {formatDateTime(version.madeAt, locale)} · {version.madeBy} {version.note && `· ${version.note}`}
          </p>
          <Details summaryText={version.texts.vi.subject || version.texts.vi.body.slice(0, 60)}>
            <Paragraphs text={version.texts.vi.body} />
            <div lang="en">
              <Paragraphs text={version.texts.en.body} />
            </div>
          </Details>
          <Form action={act(version.id, version.state === 'published' ? 'tro-ve' : 'dung')}>
            {unit}
            <Button classes="govuk-button--secondary">
              {version.state === 'published' ? own.withdraw : own.use}
              <span class="govuk-visually-hidden">: {own.number(version.number)}</span>
            </Button>
          </Form>
        </article>
      ))}
    </section>
  );
}
