import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';

export interface DraftRow {
  id: string;
  name: { vi: string; en?: string | undefined };
  isSupplement: boolean;
  createdAt: Date;
  expiresAt: Date;
}

const words = localWords({
  vi: {
    title: 'Bản đang soạn',
    intro: 'Hồ sơ bạn điền dở. Mở tiếp trên máy nào cũng được.',
    saved: 'Đã lưu. Bạn mở tiếp ở đây lúc nào cũng được.',
    savedTitle: 'Đã lưu',
    supplement: 'Bổ sung hồ sơ',
    created: (day: string): string => `Bắt đầu ${day}`,
    until: (day: string): string => `giữ đến hết ngày ${day}`,
    continue: 'Làm tiếp',
    discard: 'Bỏ',
    none: 'Bạn không có bản đang soạn nào',
    noneText: 'Khi bạn dừng giữa chừng, tờ khai nằm ở đây để làm tiếp.',
    find: 'Tìm thủ tục',
    sure: 'Bỏ bản đang soạn này?',
    sureText: 'Nội dung đã điền và các tệp đã tải lên sẽ bị xóa, không lấy lại được.',
    yes: 'Bỏ bản này',
    no: 'Giữ lại',
    back: 'Quay lại',
  },
  en: {
    title: 'Drafts',
    intro: 'Applications you have begun. Continue on any device.',
    saved: 'Saved. You can continue here at any time.',
    savedTitle: 'Saved',
    supplement: 'Supplement',
    created: (day: string): string => `Started ${day}`,
    until: (day: string): string => `kept until ${day}`,
    continue: 'Continue',
    discard: 'Discard',
    none: 'You have no drafts',
    noneText: 'When you stop half way, the form waits for you here.',
    find: 'Find a procedure',
    sure: 'Discard this draft?',
    sureText: 'What you entered and the files you uploaded will be deleted for good.',
    yes: 'Discard it',
    no: 'Keep it',
    back: 'Back',
  },
});

const nameIn = (row: { name: { vi: string; en?: string | undefined } }, locale: 'vi' | 'en') =>
  (locale === 'en' && row.name.en) || row.name.vi;

/** Applications on the way. */
export function DraftsPage(props: { rows: readonly DraftRow[]; isSaved: boolean }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      {props.isSaved && <NotificationBanner type="success" titleText={own.savedTitle} text={own.saved} />}
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="drafts" />
      {props.rows.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText}>
          <Button text={own.find} href={paths.procedures()} />
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body">{own.intro}</p>
          <ul class="sen-rows">
            {props.rows.map((row) => (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h2 class="sen-row-card__title">
                    <Link to={paths.application({ draftId: row.id })}>
                      {row.isSupplement && `${own.supplement}: `}
                      {nameIn(row, locale)}
                    </Link>
                  </h2>
                  <p class="sen-row-card__meta">
                    {own.created(formatDate(row.createdAt))} · {own.until(formatDate(row.expiresAt))}
                  </p>
                </div>
                <p class="sen-row-card__actions">
                  <Link to={paths.application({ draftId: row.id })}>
                    {own.continue}
                    <span class="govuk-visually-hidden"> {nameIn(row, locale)}</span>
                  </Link>
                  <Link to={paths.applicationDiscard({ draftId: row.id })}>
                    {own.discard}
                    <span class="govuk-visually-hidden"> {nameIn(row, locale)}</span>
                  </Link>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </PublicLayout>
  );
}

/** Asks once before a draft is thrown away. */
export function DiscardPage(props: { row: DraftRow }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.sure} backPath={paths.drafts()} backText={own.back} isQuiet noIndex width="narrow">
      <span class="govuk-caption-l">{nameIn(props.row, locale)}</span>
      <h1 class="govuk-heading-l">{own.sure}</h1>
      <p class="govuk-body">{own.sureText}</p>
      <Form>
        <div class="govuk-button-group">
          <Button text={own.yes} classes="govuk-button--warning" preventDoubleClick />
          <Button text={own.no} href={paths.drafts()} classes="govuk-button--secondary" />
        </div>
      </Form>
    </PublicLayout>
  );
}
