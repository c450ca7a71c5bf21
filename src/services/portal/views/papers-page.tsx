import { TypedText } from '../../../ui/components/typed-text.tsx';
import { ResumableUploads, ScanMark } from '../../../foundation/files/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import { FileList } from '../../../ui/components/file-list.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { replaceName, uploadName, type PaperSlot } from '../application.ts';
import type { SlotOffer } from '../store-papers.ts';
import { OfferNote } from './offer-note.tsx';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

const words = localWords({
  vi: {
    title: 'Giấy tờ kèm theo',
    supplementTitle: 'Những nội dung cần bổ sung',
    intro: 'Chụp ảnh rõ cả bốn góc hoặc quét thành PDF. Tải lên xong, bạn thấy tên và dung lượng từng tệp.',
    supplementIntro: 'Tải giấy tờ mới lên từng mục. Giấy tờ cũ vẫn được giữ để đối chiếu.',
    limits: (kinds: string, mb: number, files: number, total: number): string =>
      `Nhận ${kinds}; mỗi tệp tối đa ${mb} MB; cả hồ sơ tối đa ${files} tệp, ${total} MB.`,
    heic: 'Ảnh HEIC của iPhone được tự chuyển thành JPG.',
    needed: 'Bắt buộc',
    optional: 'Nếu có',
    choose: 'Chọn tệp',
    more: 'Thêm tệp',
    replace: 'Thay các tệp đã tải bằng tệp mới',
    remove: 'Gỡ',
    template: 'Tải mẫu:',
    upload: 'Tải tệp lên',
    continue: 'Tiếp tục',
    later: 'Lưu và tiếp tục sau',
    errors: 'Còn chỗ cần sửa',
    none: 'Thủ tục này không cần kèm giấy tờ.',
    remark: 'Lời nhắn cho cán bộ (không bắt buộc)',
    remarkHint: 'Ví dụ: lý do chưa có giấy tờ, tên mới của giấy tờ.',
    answers: 'Sửa nội dung tờ khai đã nộp',
    uploaded: (name: string): string => `Tệp đã tải cho ${name}`,
    inStore: 'Có trong kho giấy tờ của bạn:',
    take: 'Dùng giấy này',
    fromStore: 'Chọn giấy tờ trong kho',
    isFromStore: 'lấy từ kho giấy tờ',
  },
  en: {
    title: 'Papers',
    supplementTitle: 'What you are asked to add',
    intro:
      'Take a clear picture with all four corners, or scan to PDF. After the upload you see name and size of each file.',
    supplementIntro: 'Upload the new papers to each line. The old ones are kept beside them.',
    limits: (kinds: string, mb: number, files: number, total: number): string =>
      `Accepted: ${kinds}; at most ${mb} MB a file; at most ${files} files and ${total} MB in all.`,
    heic: 'HEIC pictures of iPhones become JPG by themselves.',
    needed: 'Required',
    optional: 'If it applies',
    choose: 'Choose files',
    more: 'Add files',
    replace: 'Replace the uploaded files with the new ones',
    remove: 'Remove',
    template: 'Empty form:',
    upload: 'Upload',
    continue: 'Continue',
    later: 'Save and continue later',
    errors: 'There is something to correct',
    none: 'This procedure asks for no papers.',
    remark: 'Message to the official (optional)',
    remarkHint: 'For example why a paper is missing.',
    answers: 'Change the answers you handed in',
    uploaded: (name: string): string => `Files uploaded for ${name}`,
    inStore: 'In your store of papers:',
    take: 'Use this paper',
    fromStore: 'Choose from my papers',
    isFromStore: 'from the store of papers',
  },
});

export interface PapersPageProps {
  facts: ApplicationFacts;
  code: string;
  slots: readonly PaperSlot[];
  limits: { kinds: string; maxMegabytes: number; maxFiles: number; maxTotalMegabytes: number };
  errors: Readonly<Record<string, string>>;
  remark: string;
  backPath: string;
  /** Lets the files come in pieces. */
  grant: string;
  /** Papers of the store that each line may take at once. */
  offers: ReadonlyMap<string, readonly SlotOffer[]>;
  /** The person has papers in their store. */
  hasStore: boolean;
  today: string;
}

const anchor = (key: string): string => `f-${uploadName(key)}`;

/** The checklist: for each paper what it is, what has been uploaded, and a control for more. One form, no script needed. */
export function PapersPage(props: PapersPageProps) {
  const own = words.use();
  const isSupplement = props.facts.purpose === 'supplement';
  const title = isSupplement ? own.supplementTitle : own.title;
  const errors = Object.entries(props.errors);
  const { limits } = props;
  return (
    <ApplicationFrame
      facts={props.facts}
      place="papers"
      title={title}
      backPath={props.backPath}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && (
        <ErrorSummary
          titleText={own.errors}
          errorList={errors.map(([key, text]) => ({ text, href: key === '' ? '#papers' : `#${anchor(key)}` }))}
        />
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{isSupplement ? own.supplementIntro : own.intro}</p>
      <p class="govuk-body sen-soft">
        {own.limits(limits.kinds, limits.maxMegabytes, limits.maxFiles, limits.maxTotalMegabytes)}
        {limits.kinds.includes('JPG') && ` ${own.heic}`}
      </p>
      <ResumableUploads grant={props.grant} place={`${props.facts.id}/papers`}>
        <Form upload>
          {/* The first button is what the Enter key presses. */}
          <button
            type="submit"
            name="_do"
            value="continue"
            class="govuk-visually-hidden"
            tabIndex={-1}
            aria-hidden="true"
          >
            {own.continue}
          </button>
          <div id="papers" tabIndex={-1}>
            {props.slots.length === 0 && <p class="govuk-body">{own.none}</p>}
            {props.slots.map((slot, index) => (
              <Slot
                slot={slot}
                isNewGroup={slot.group !== null && slot.group !== props.slots[index - 1]?.group}
                id={props.facts.id}
                code={props.code}
                error={props.errors[slot.key]}
                offers={props.offers.get(slot.key) ?? []}
                hasStore={props.hasStore}
                today={props.today}
              />
            ))}
          </div>
          {isSupplement && (
            <>
              {props.facts.pages[0] && (
                <p class="govuk-body">
                  <Link to={paths.applicationPage({ draftId: props.facts.id, page: props.facts.pages[0].id })}>
                    {own.answers}
                  </Link>
                </p>
              )}
              <Textarea
                id="remark"
                name="remark"
                rows={3}
                value={props.remark}
                label={{ text: own.remark, classes: 'govuk-label--s' }}
                hint={{ text: own.remarkHint }}
              />
            </>
          )}
          <div class="govuk-button-group">
            <Button name="_do" value="continue" text={own.continue} preventDoubleClick />
            <Button name="_do" value="upload" text={own.upload} classes="govuk-button--secondary" />
            <Button name="_do" value="save" text={own.later} classes="govuk-button--secondary" />
          </div>
        </Form>
      </ResumableUploads>
    </ApplicationFrame>
  );
}

/** Papers of the store for one line: a button for each that fits, and the way to all others. */
function StoreOffers(props: SlotProps) {
  const own = words.use();
  const locale = useLocale();
  const { slot, offers } = props;
  const taken = new Set(slot.files.filter((file) => file.isFromStore).map((file) => file.name));
  const open = offers.filter((paper) => !taken.has(paper.file.fileName));
  if (open.length === 0 && !props.hasStore) return null;
  return (
    <div class="sen-paper__store">
      {open.length > 0 && (
        <>
          <p class="sen-paper__store-title">{own.inStore}</p>
          <ul class="sen-paper__offers">
            {open.map((paper) => (
              <li class="sen-paper__offer">
                <span class="sen-paper__offer-name">
                  <TypedText text={paper.name} /> <OfferNote paper={paper} today={props.today} />
                </span>
                <button type="submit" name="_do" value={`take:${slot.key}:${paper.id}`} class="sen-link-button">
                  {own.take}
                  <span class="govuk-visually-hidden">
                    {' '}
                    <TypedText text={paper.name} /> – {(locale === 'en' && slot.name.en) || slot.name.vi}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="sen-paper__note">
        <Link to={paths.applicationStore({ draftId: props.id, key: slot.key })}>
          {own.fromStore}
          <span class="govuk-visually-hidden"> – {(locale === 'en' && slot.name.en) || slot.name.vi}</span>
        </Link>
      </p>
    </div>
  );
}

interface SlotProps {
  slot: PaperSlot;
  isNewGroup: boolean;
  id: string;
  code: string;
  error: string | undefined;
  offers: readonly SlotOffer[];
  hasStore: boolean;
  today: string;
}

function Slot(props: SlotProps) {
  const own = words.use();
  const locale = useLocale();
  const { slot } = props;
  const say = (text: { vi: string; en?: string | undefined }) => (locale === 'en' && text.en) || text.vi;
  const hasFiles = slot.files.length > 0;
  return (
    <>
      {props.isNewGroup && slot.group && <h2 class="govuk-heading-m sen-group">{say(slot.group)}</h2>}
      <section class="sen-paper" id={`paper-${slot.key}`}>
        <div class="sen-paper__head">
          <h3 class="sen-paper__name">{say(slot.name)}</h3>
          <Tag
            text={slot.isRequired ? own.needed : own.optional}
            classes={slot.isRequired ? 'govuk-tag--yellow' : 'govuk-tag--grey'}
          />
        </div>
        {slot.note && <p class="sen-paper__note">{say(slot.note)}</p>}
        {slot.template && (
          <p class="sen-paper__note">
            {own.template}{' '}
            <Link to={paths.procedureTemplate({ code: props.code, fileId: slot.template.file })} download>
              {say(slot.template.title)}
            </Link>
          </p>
        )}
        {hasFiles && (
          <FileList
            label={own.uploaded(say(slot.name))}
            files={slot.files.map((file) => ({
              name: file.name,
              sizeBytes: file.sizeBytes,
              path: paths.applicationFile({ draftId: props.id, fileId: file.fileId }),
              thumbPath: file.canPreview
                ? paths.applicationFilePreview({ draftId: props.id, fileId: file.fileId }, { co: 'nho' })
                : undefined,
              mark: <ScanMark mark={file.scanMark} />,
              note: file.isFromStore ? own.isFromStore : undefined,
              actions: (
                <button type="submit" name="_do" value={`remove:${file.id}`} class="sen-link-button">
                  {own.remove}
                  <span class="govuk-visually-hidden"> {file.name}</span>
                </button>
              ),
            }))}
          />
        )}
        <StoreOffers {...props} />
        <FileUpload
          id={anchor(slot.key)}
          name={uploadName(slot.key)}
          multiple
          javascript
          label={{
            html: (
              <>
                {hasFiles ? own.more : own.choose}
                <span class="govuk-visually-hidden"> – {say(slot.name)}</span>
              </>
            ),
          }}
          errorMessage={props.error ? { text: props.error } : undefined}
        />
        {hasFiles && (
          <Checkboxes
            name={replaceName(slot.key)}
            idPrefix={`f-${replaceName(slot.key)}`}
            classes="govuk-checkboxes--small"
            items={[
              {
                value: 'yes',
                html: (
                  <>
                    {own.replace}
                    <span class="govuk-visually-hidden"> – {say(slot.name)}</span>
                  </>
                ),
              },
            ]}
          />
        )}
      </section>
    </>
  );
}
