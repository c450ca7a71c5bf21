import {
  ReadingList,
  readingWords,
  readingWorks,
  type ReadingLine,
  type ReadingWork,
} from '../../../foundation/readings/index.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export const readingsPageWords = localWords({
  vi: {
    title: 'Ai đã xem thông tin của tôi',
    text: 'Mỗi lần có người mở hồ sơ, giấy tờ hoặc tài khoản của bạn, hệ thống ghi lại cơ quan, chức vụ, thời điểm và lý do. Thấy lượt xem không đúng, bạn gửi yêu cầu để cơ quan kiểm tra.',
    ask: 'Gửi yêu cầu về dữ liệu cá nhân',
    work: 'Việc gì',
    all: 'Tất cả',
    from: 'Từ ngày',
    to: 'Đến ngày',
    none: 'Chưa có lượt xem nào',
    noneText: 'Khi có người mở thông tin của bạn, lượt xem hiện ở đây.',
    noneFiltered: 'Không có lượt xem nào khớp bộ lọc',
    older: 'Các lượt xem cũ hơn',
    download: 'Tải danh sách về',
    when: 'Thời điểm',
    who: 'Ai xem',
    agency: 'Cơ quan',
    why: 'Lý do',
    what: 'Thông tin nào',
  },
  en: {
    title: 'Who has looked at my information',
    text: 'Whenever somebody opens your dossier, papers or account, the agency, the post, the time and the reason are recorded. If one looks wrong, send a request and the agency will check it.',
    ask: 'Send a request about personal data',
    work: 'What for',
    all: 'All',
    from: 'From',
    to: 'To',
    none: 'Nobody has looked yet',
    noneText: 'When somebody opens your information, it appears here.',
    noneFiltered: 'Nothing fits the filter',
    older: 'Older ones',
    download: 'Download the list',
    when: 'When',
    who: 'Who',
    agency: 'Agency',
    why: 'Reason',
    what: 'What',
  },
});

export interface ReadingsFilterValues {
  work: ReadingWork | null;
  from: string;
  to: string;
}

/** Who opened the person's files: filters, keyset pages, download. */
export function ReadingsPage(props: {
  rows: readonly ReadingLine[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  filter: ReadingsFilterValues;
  next: string | null;
}) {
  const own = readingsPageWords.use();
  const { works } = readingWords.use();
  const { filter } = props;
  const query = { viec: filter.work, tu: filter.from, den: filter.to };
  const isFiltered = filter.work !== null || filter.from !== '' || filter.to !== '';
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="accesses" />
      <p class="govuk-body">{own.text}</p>
      <p class="govuk-body">
        <Link to={paths.dataRequests()}>{own.ask}</Link>
      </p>
      <FilterBar action={paths.accountAccesses()}>
        <Select
          name="viec"
          label={{ text: own.work }}
          value={filter.work ?? ''}
          items={[{ value: '', text: own.all }, ...readingWorks.map((work) => ({ value: work, text: works[work] }))]}
        />
        <Input name="tu" type="date" label={{ text: own.from }} value={filter.from} />
        <Input name="den" type="date" label={{ text: own.to }} value={filter.to} />
      </FilterBar>
      {props.rows.length === 0 ? (
        <EmptyState heading={isFiltered ? own.noneFiltered : own.none} text={own.noneText} />
      ) : (
        <>
          <ReadingList rows={props.rows} unitNames={props.unitNames} withSubject />
          {props.next && (
            <p class="govuk-body">
              <Link to={paths.accountAccesses({ ...query, sau: props.next })}>{own.older} →</Link>
            </p>
          )}
          <p class="govuk-body">
            {own.download}: <Link to={paths.accountAccessesExport({ format: 'xlsx' }, query)}>XLSX</Link> ·{' '}
            <Link to={paths.accountAccessesExport({ format: 'csv' }, query)}>CSV</Link>
          </p>
        </>
      )}
    </PublicLayout>
  );
}
