import { ScanMark } from '../../../foundation/files/index.ts';
import type { VNode } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { FileList } from '../../../ui/components/file-list.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { PaperSlot } from '../application.ts';
import { deliveryWords } from '../dossier-words.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

const words = localWords({
  vi: {
    title: 'Kiểm tra trước khi gửi',
    papers: 'Giấy tờ kèm theo',
    noPapers: 'Chưa có tệp nào.',
    delivery: 'Nhận kết quả',
    unit: 'Nơi tiếp nhận',
    how: 'Cách nhận',
    address: 'Địa chỉ',
    change: 'Thay đổi',
    remark: 'Lời nhắn',
    declaration: 'Cam đoan',
    declare:
      'Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.',
    mustDeclare: 'Đánh dấu vào lời cam đoan rồi mới gửi được',
    missing: (name: string): string => `Chưa có tệp: ${name}`,
    needsDelivery: 'Chọn cách nhận kết quả',
    empty: 'Chưa có gì mới: tải giấy tờ lên, sửa tờ khai hoặc viết lời nhắn',
    errors: 'Chưa gửi được, còn chỗ cần xem lại',
    send: 'Gửi hồ sơ',
    sendSupplement: 'Gửi nội dung bổ sung',
    after: 'Gửi xong, bạn nhận ngay mã tra cứu. Bấm hai lần cũng chỉ gửi một hồ sơ.',
    signers: 'Những người cùng xác nhận',
    signersState: (done: number, all: number): string => `${done} trong ${all} người đã xác nhận nội dung này.`,
    signersOpen: 'Mời và xem xác nhận',
    signersFirst: 'Hồ sơ gửi được khi mọi người đã xác nhận.',
    print: 'Muốn giữ một bản, dùng lệnh in của trình duyệt và chọn “Lưu thành PDF”.',
  },
  en: {
    title: 'Check before you send',
    papers: 'Papers',
    noPapers: 'No files yet.',
    delivery: 'Getting the result',
    unit: 'Received by',
    how: 'How',
    address: 'Address',
    change: 'Change',
    remark: 'Message',
    declaration: 'Declaration',
    declare: 'I declare that what I have stated above is true, and I answer for it before the law.',
    mustDeclare: 'Tick the declaration before you send',
    missing: (name: string): string => `No file yet: ${name}`,
    needsDelivery: 'Choose how to get the result',
    empty: 'There is nothing new: upload a paper, change an answer or write a message',
    errors: 'It was not sent: there is something to look at',
    send: 'Send',
    sendSupplement: 'Send the supplement',
    after: 'You get a tracking code at once. Pressing twice still sends one dossier.',
    signers: 'Signers',
    signersState: (done: number, all: number): string => `${done} of ${all} people have confirmed these answers.`,
    signersOpen: 'Invite and see confirmations',
    signersFirst: 'It can be sent when all have confirmed.',
    print: 'To keep a copy, print this page and choose “Save as PDF”.',
  },
});

export interface ReviewPageProps {
  facts: ApplicationFacts;
  /** From `renderCheckAnswers`; it holds the page's heading. Null without an e-form. */
  answers: VNode | null;
  slots: readonly PaperSlot[];
  unitName: string;
  delivery: 'counter' | 'online' | 'post' | null;
  deliveryAddress: string | null;
  remark: string | null;
  backPath: string;
  /** How far the confirmations of a form of several signers are; null for a form of one person. */
  signing: { needed: number; confirmed: number; isComplete: boolean } | null;
  /** After a refused sending. */
  gaps: { papers: readonly PaperSlot[]; needsDelivery: boolean; isEmpty: boolean; undeclared: boolean } | null;
}

/** Everything once more, with a link to change each; the declaration; the button. */
export function ReviewPage(props: ReviewPageProps) {
  const own = words.use();
  const locale = useLocale();
  const { facts, gaps } = props;
  const id = { draftId: facts.id };
  const isSupplement = facts.purpose === 'supplement';
  const say = (text: { vi: string; en?: string | undefined }) => (locale === 'en' && text.en) || text.vi;
  const errors = gaps
    ? [
        ...gaps.papers.map((slot) => ({
          text: own.missing(say(slot.name)),
          href: `${paths.applicationPapers(id)}#f-paper-${slot.key}`,
        })),
        ...(gaps.needsDelivery ? [{ text: own.needsDelivery, href: paths.applicationDelivery(id) }] : []),
        ...(gaps.isEmpty ? [{ text: own.empty, href: paths.applicationPapers(id) }] : []),
        ...(gaps.undeclared ? [{ text: own.mustDeclare, href: '#declare' }] : []),
      ]
    : [];
  return (
    <ApplicationFrame
      facts={facts}
      place="review"
      title={own.title}
      backPath={props.backPath}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && <ErrorSummary titleText={own.errors} errorList={errors} />}
      {props.answers ?? <h1 class="govuk-heading-l">{own.title}</h1>}
      <h2 class="govuk-heading-m">{own.papers}</h2>
      {props.slots.some((slot) => slot.files.length > 0) ? (
        <FileList
          label={own.papers}
          files={props.slots.flatMap((slot) =>
            slot.files.map((file) => ({
              name: file.name,
              sizeBytes: file.sizeBytes,
              note: say(slot.name),
              mark: <ScanMark mark={file.scanMark} />,
              path: paths.applicationFile({ ...id, fileId: file.fileId }),
            })),
          )}
        />
      ) : (
        <p class="govuk-body">{own.noPapers}</p>
      )}
      <SummaryList
        rows={[
          ...(facts.hasPapers
            ? [
                row(
                  own.papers,
                  String(props.slots.reduce((sum, slot) => sum + slot.files.length, 0)),
                  paths.applicationPapers(id),
                  own.change,
                ),
              ]
            : []),
          row(own.unit, props.unitName),
          ...(isSupplement
            ? [row(own.remark, props.remark ?? '–', paths.applicationPapers(id), own.change)]
            : [
                row(
                  own.how,
                  props.delivery ? deliveryWords[props.delivery][locale] : '–',
                  paths.applicationDelivery(id),
                  own.change,
                ),
                ...(props.deliveryAddress ? [row(own.address, props.deliveryAddress)] : []),
              ]),
        ]}
      />
      {props.signing && (
        <>
          <h2 class="govuk-heading-m">{own.signers}</h2>
          <p class="govuk-body">
            {own.signersState(props.signing.confirmed, props.signing.needed)}{' '}
            {!props.signing.isComplete && own.signersFirst}
          </p>
          <Button
            href={paths.applicationSigners(id)}
            text={own.signersOpen}
            classes={props.signing.isComplete ? 'govuk-button--secondary' : undefined}
          />
        </>
      )}
      <Form action={paths.applicationSubmit(id)}>
        <input type="hidden" name="key" value={facts.id} />
        <Checkboxes
          idPrefix="declare"
          name="declare"
          fieldset={{ legend: { text: own.declaration, classes: 'govuk-fieldset__legend--m' } }}
          items={[{ value: 'yes', text: own.declare }]}
          errorMessage={gaps?.undeclared ? { text: own.mustDeclare } : undefined}
        />
        <Button text={isSupplement ? own.sendSupplement : own.send} preventDoubleClick />
      </Form>
      <p class="govuk-body">{own.after}</p>
      <p class="govuk-body sen-soft">{own.print}</p>
    </ApplicationFrame>
  );
}

const row = (name: string, value: string, changePath?: string, change?: string) => ({
  key: { text: name },
  value: { text: value },
  ...(changePath && change
    ? { actions: { items: [{ href: changePath, text: change, visuallyHiddenText: name.toLowerCase() }] } }
    : {}),
});
