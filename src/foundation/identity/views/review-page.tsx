import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ReviewLine } from '../review-queries.ts';
import { adminWords } from './admin-words.ts';

export const reviewWords = localWords({
  vi: {
    title: 'Rà soát tài khoản cán bộ',
    why: 'Sáu tháng một lần, xem lại từng đơn vị: ai đã chuyển đi, nghỉ việc hoặc lâu không dùng thì khóa tài khoản. Bấm vào tên để khóa hoặc xem lịch sử đăng nhập.',
    due: 'Đã đến kỳ rà soát.',
    last: (when: string, who: string): string => `Lần rà soát gần nhất: ${when}, ${who}.`,
    unit: 'Đơn vị',
    post: 'Vị trí',
    noPost: 'Không còn giữ vị trí nào',
    created: 'Tạo lúc',
    show: 'Chỉ hiện',
    all: 'Tất cả',
    idle: (since: string, n: number): string => `Không đăng nhập từ ${since} (${n})`,
    withoutPost: (n: number): string => `Không còn giữ vị trí nào (${n})`,
    accounts: (n: number): string => `${n} tài khoản cán bộ đang có`,
    done: 'Ghi nhận đã rà soát xong',
    none: 'Không có tài khoản nào như vậy',
    noneText: 'Bỏ bớt điều kiện lọc để xem các tài khoản khác.',
  },
  en: {
    title: 'Review of officials’ accounts',
    why: 'Twice a year, go through the units: lock the accounts of those who have moved, left, or not used theirs for long. A name leads to locking and to the history of signing in.',
    due: 'The review is due.',
    last: (when: string, who: string): string => `Last review: ${when}, ${who}.`,
    unit: 'Unit',
    post: 'Post',
    noPost: 'Holds no post any more',
    created: 'Created',
    show: 'Show only',
    all: 'All',
    idle: (since: string, n: number): string => `Not signed in since ${since} (${n})`,
    withoutPost: (n: number): string => `Holding no post any more (${n})`,
    accounts: (n: number): string => `${n} accounts of officials`,
    done: 'Record that the review is done',
    none: 'There is no such account',
    noneText: 'Take away a filter to see others.',
  },
}); // prettier-ignore

/** Accounts of officials by unit with their last sign-in; those who hold no post come first. */
export function ReviewPage(props: {
  rows: readonly ReviewLine[];
  query: Record<string, string>;
  nextCursor: string | null;
  counts: { accounts: number; idle: number; withoutPost: number };
  last: { at: Date; by: string } | null;
  isDue: boolean;
  idleSince: Date;
}) {
  const w = reviewWords.use();
  const admin = adminWords.use();
  const { locale } = usePage();
  const { query, counts } = props;
  const only = [
    { value: '', text: w.all },
    { value: 'lau', text: w.idle(formatDate(props.idleSince), counts.idle) },
    { value: 'khong-vi-tri', text: w.withoutPost(counts.withoutPost) },
  ];
  return (
    <WorkspaceLayout title={w.title} backPath={paths.adminAccounts()}>
      <p class="govuk-body">{w.why}</p>
      {props.isDue && <WarningText text={w.due} iconFallbackText="!" />}
      {props.last && <InsetText text={w.last(formatDateTime(props.last.at, locale), props.last.by)} />}
      <FilterBar action={paths.adminAccountReview()}>
        <Input name="donvi" label={{ text: w.unit }} value={query['donvi']} />
        <Select
          name="chi"
          label={{ text: w.show }}
          items={only.map((item) => ({ ...item, selected: item.value === (query['chi'] ?? '') }))}
        />
      </FilterBar>
      <DataTable
        caption={w.title}
        path={paths.adminAccountReview()}
        query={query}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        summary={w.accounts(counts.accounts)}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminAccountReviewExport({ format }, query),
        }))}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          {
            heading: w.unit,
            cell: (row) => row.unitName ?? <Tag text={w.noPost} classes="govuk-tag--yellow" />,
          },
          { heading: w.post, cell: (row) => row.postName },
          {
            heading: admin.name,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminAccount({ id: row.id })}>{row.name}</Link>,
          },
          { heading: admin.login, isTight: true, cell: (row) => row.userName },
          {
            heading: admin.status,
            cell: (row) => (
              <Tag
                text={admin.statuses[row.status]}
                classes={row.status === 'active' ? 'govuk-tag--green' : 'govuk-tag--red'}
              />
            ),
          },
          {
            heading: admin.lastSignIn,
            isTight: true,
            cell: (row) => (row.lastSignInAt ? formatDateTime(row.lastSignInAt, locale) : admin.never),
          },
        ]}
      />
      <Form action={paths.adminAccountReview()}>
        <Button text={w.done} classes="govuk-button--secondary" preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
