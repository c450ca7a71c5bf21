import { TypedText } from '../../../ui/components/typed-text.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, boundMany, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { addressOfSearch, type SavedSearch } from '../saved-search.ts';

export const savedSearchWords = localWords({
  vi: {
    title: 'Tìm kiếm đã lưu',
    lead: 'Những lần tìm bạn muốn mở lại nhanh. Bật báo tin để biết khi thủ tục trong đó có bản mới hoặc sắp bãi bỏ.',
    none: 'Bạn chưa lưu tìm kiếm nào',
    noneText: 'Tìm hoặc lọc thủ tục rồi bấm “Lưu tìm kiếm này” ở cuối trang.',
    find: 'Tìm thủ tục',
    tells: 'Có báo tin khi thay đổi',
    silent: 'Không báo tin',
    places: { search: 'Tìm theo từ', list: 'Danh sách đã lọc' },
    rename: 'Đổi tên, báo tin',
    remove: 'Bỏ',
    saved: 'Đã lưu tìm kiếm.',
    removed: 'Đã bỏ tìm kiếm.',
    newTitle: 'Lưu tìm kiếm này',
    editTitle: 'Sửa tìm kiếm đã lưu',
    name: 'Đặt tên để dễ nhớ',
    tell: 'Báo cho tôi khi thủ tục trong tìm kiếm này thay đổi',
    open: 'Xem tìm kiếm',
    save: 'Lưu',
    back: 'Tìm kiếm đã lưu',
    nameMissing: 'Đặt tên cho tìm kiếm',
    nameLong: 'Tên dài tối đa 80 chữ cái',
    full: (n: number): string => `Bạn đã lưu đủ ${n} tìm kiếm: bỏ bớt rồi lưu lại`,
  },
  en: {
    title: 'Saved searches',
    lead: 'Searches to open again quickly. You can be told when a procedure in them is published anew or about to be retired.',
    none: 'You have saved no search yet',
    noneText: 'Search or filter procedures, then choose “Save this search” at the end of the page.',
    find: 'Find a procedure',
    tells: 'You are told of changes',
    silent: 'You are not told',
    places: { search: 'Search by words', list: 'Filtered list' },
    rename: 'Rename, notices',
    remove: 'Remove',
    saved: 'The search is saved.',
    removed: 'The search is removed.',
    newTitle: 'Save this search',
    editTitle: 'Change a saved search',
    name: 'A name to remember it by',
    tell: 'Tell me when a procedure in it changes',
    open: 'Open the search',
    save: 'Save',
    back: 'Saved searches',
    nameMissing: 'Give it a name',
    nameLong: 'The name may have 80 characters at most',
    full: (n: number): string => `You have saved ${n} searches, which is all: remove one first`,
  },
});

/** What the person keeps. */
export function SavedSearchesPage(props: { rows: readonly SavedSearch[]; done: 'saved' | 'removed' | null }) {
  const own = savedSearchWords.use();
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      {props.done && <NotificationBanner type="success" text={own[props.done]} />}
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="searches" />
      {props.rows.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText}>
          <Button text={own.find} href={paths.procedures()} />
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body">{own.lead}</p>
          <ul class="sen-rows">
            {props.rows.map((row) => (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h2 class="sen-row-card__title">
                    <Link to={addressOfSearch(row)}>
                      <TypedText text={row.name} />
                    </Link>
                  </h2>
                  <p class="sen-row-card__meta">
                    {own.places[row.place]} · {row.tells ? own.tells : own.silent}
                  </p>
                </div>
                <div class="sen-row-card__actions">
                  <Link to={paths.savedSearch({ id: row.id })}>
                    {own.rename}
                    <span class="govuk-visually-hidden">
                      {' '}
                      <TypedText text={row.name} />
                    </span>
                  </Link>
                  <Form action={paths.savedSearchRemoval({ id: row.id })}>
                    <button type="submit" class="sen-link-button">
                      {own.remove}
                      <span class="govuk-visually-hidden">
                        {' '}
                        <TypedText text={row.name} />
                      </span>
                    </button>
                  </Form>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </PublicLayout>
  );
}

/** Naming a search, or changing one that is saved. */
export function SaveSearchPage(props: {
  id: string | null;
  place: SavedSearch['place'];
  query: string;
  form: FormState;
}) {
  const own = savedSearchWords.use();
  const { id, form } = props;
  const title = id === null ? own.newTitle : own.editTitle;
  return (
    <PublicLayout
      title={title}
      width="narrow"
      noIndex
      hasErrors={Object.keys(form.errors).length > 0}
      backPath={id === null ? addressOfSearch(props) : paths.savedSearches()}
      backText={id === null ? own.open : own.back}
    >
      <ErrorSummaryFor form={form} />
      <h1 class="govuk-heading-l">{title}</h1>
      <Form action={id === null ? paths.savedSearchNew() : paths.savedSearch({ id })}>
        <input type="hidden" name="cho" value={props.place} />
        <input type="hidden" name="cau-hoi" value={props.query} />
        <Input {...bound(form, 'ten')} label={{ text: own.name }} />
        <Checkboxes {...boundMany(form, 'bao')} items={[{ value: 'co', text: own.tell }]} />
        <Button text={own.save} preventDoubleClick />
      </Form>
    </PublicLayout>
  );
}
