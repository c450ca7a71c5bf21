import type { ComponentChildren } from 'preact';
import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { SearchHero } from '../../../ui/components/search-hero.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { queryString } from '../../../ui/route.ts';
import type { Hit, Piece } from '../../../foundation/search/index.ts';
import type { Field, ProcedureSummary } from '../../procedures/index.ts';
import { audienceWords, levelWords, onlineWords } from '../procedure-words.ts';

/** Choices of a list, as they stand in the address. */
export interface CatalogueFilter {
  field: string;
  level: string;
  audience: string;
  /** `online`: can be applied for here. */
  online: string;
  /** Id of the unit that offers it; lists only. */
  unit: string;
}

const words = localWords({
  vi: {
    search: 'Tìm kiếm',
    titleFor: (query: string): string => `Kết quả cho “${query}”`,
    label: 'Tìm thủ tục hành chính',
    placeholder: 'Ví dụ: khai sinh, đất đai, hộ kinh doanh',
    meant: 'Ý bạn là',
    none: 'Không tìm thấy thủ tục nào',
    noneText:
      'Thử ít chữ hơn, hoặc tên gọi khác. Không cần gõ dấu. Bạn cũng có thể chọn theo lĩnh vực, hoặc gọi để được hỏi giúp.',
    start: 'Gõ việc bạn cần làm',
    startText: 'Ví dụ “khai sinh cho con”, “xin phép sửa nhà”, hoặc mã thủ tục.',
    field: 'Lĩnh vực',
    level: 'Cấp giải quyết',
    audience: 'Ai làm',
    online: 'Cách nộp',
    onlineOnly: 'Nộp được trên mạng',
    unit: 'Cơ quan',
    any: 'Tất cả',
    more: 'Xem thêm',
    browse: 'Xem theo lĩnh vực',
    procedures: 'Thủ tục hành chính',
    intro: 'Thủ tục mà các cơ quan trong tỉnh tiếp nhận.',
    all: 'Bỏ bớt bộ lọc, hoặc tìm theo tên.',
    call: (hotline: string): string => `Tổng đài ${hotline}`,
    count: (n: number): string => `${n} thủ tục`,
    catalogue: 'Các thủ tục',
    save: 'Lưu tìm kiếm này',
  },
  en: {
    search: 'Search',
    titleFor: (query: string): string => `Results for “${query}”`,
    label: 'Find an administrative procedure',
    placeholder: 'For example: birth, land, household business',
    meant: 'Did you mean',
    none: 'No procedure was found',
    noneText: 'Try fewer words, or another name. Marks are not needed. You can also choose a field, or call and ask.',
    start: 'Type what you need to do',
    startText: 'Such as “register a birth”, “permit to rebuild a house”, or the code of a procedure.',
    field: 'Field',
    level: 'Level',
    audience: 'For whom',
    online: 'How to apply',
    onlineOnly: 'Can be applied for online',
    unit: 'Agency',
    any: 'All',
    more: 'More',
    browse: 'Browse by field',
    procedures: 'Administrative procedures',
    intro: 'Procedures that the agencies of the province accept.',
    all: 'Take away a filter, or search by name.',
    call: (hotline: string): string => `Hotline ${hotline}`,
    count: (n: number): string => `${n} procedures`,
    catalogue: 'Procedures',
    save: 'Save this search',
  },
});

type Names = Readonly<Record<string, { vi: string; en: string }>>;
const itemsOf = (names: Names, any: string, locale: 'vi' | 'en') => [
  { value: '', text: any },
  ...Object.entries(names).map(([value, text]) => ({ value, text: text[locale] })),
];

function Filters(props: {
  action: string;
  kept: Record<string, string | undefined>;
  filter: CatalogueFilter;
  fields: readonly Field[];
  units?: readonly { id: string; nameVi: string; nameEn: string }[];
  withoutField?: boolean;
}) {
  const own = words.use();
  const locale = useLocale();
  const { filter } = props;
  const fieldNames: Names = Object.fromEntries(props.fields.map((field) => [field.code, field.name]));
  const onlineNames: Names = { online: { vi: words.in('vi').onlineOnly, en: words.in('en').onlineOnly } };
  const unitNames: Names = Object.fromEntries(
    (props.units ?? []).map((unit) => [unit.id, { vi: unit.nameVi, en: unit.nameEn }]),
  );
  const label = (text: string) => ({ text, classes: 'govuk-label--s' });
  return (
    <FilterBar action={props.action} kept={props.kept}>
      {!props.withoutField && (
        <Select
          id="linh-vuc"
          name="linh-vuc"
          label={label(own.field)}
          value={filter.field}
          items={itemsOf(fieldNames, own.any, locale)}
        />
      )}
      <Select
        id="cap"
        name="cap"
        label={label(own.level)}
        value={filter.level}
        items={itemsOf(levelWords, own.any, locale)}
      />
      <Select
        id="doi-tuong"
        name="doi-tuong"
        label={label(own.audience)}
        value={filter.audience}
        items={itemsOf(audienceWords, own.any, locale)}
      />
      {props.units ? (
        <Select
          id="co-quan"
          name="co-quan"
          label={label(own.unit)}
          value={filter.unit}
          items={itemsOf(unitNames, own.any, locale)}
        />
      ) : (
        <Select
          id="cach-nop"
          name="cach-nop"
          label={label(own.online)}
          value={filter.online}
          items={itemsOf(onlineNames, own.any, locale)}
        />
      )}
    </FilterBar>
  );
}

const Marked = (props: { pieces: readonly Piece[] }) => (
  <>{props.pieces.map((piece) => (piece.hit ? <mark class="sen-mark">{piece.text}</mark> : piece.text))}</>
);

function FieldLinks(props: { fields: readonly Field[] }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <nav aria-label={own.browse}>
      <h2 class="govuk-heading-m">{own.browse}</h2>
      <ul class="sen-linklist sen-linklist--columns">
        {props.fields.map((field) => (
          <li>
            <Link to={paths.procedureField({ field: field.code })}>{field.name[locale]}</Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The way to keep this question under a name; whoever is not signed in is asked to. Nothing for a list without a filter. */
function SaveLink(props: { place: 'search' | 'list'; asked: Record<string, string> }) {
  const own = words.use();
  if (Object.values(props.asked).every((value) => value === '')) return null;
  return (
    <p class="govuk-body sen-no-print">
      <Link to={paths.savedSearchNew() + queryString({ cho: props.place, ...props.asked })} rel="nofollow">
        {own.save}
      </Link>
    </p>
  );
}

/** Results of a search, or what to do when there are none. */
export function SearchPage(props: {
  query: string;
  hits: readonly Hit[];
  searchedFor: string | null;
  next: string | null;
  filter: CatalogueFilter;
  fields: readonly Field[];
}) {
  const own = words.use();
  const locale = useLocale();
  const { province } = usePage();
  const { query, filter } = props;
  const address = (after: string | null) =>
    paths.search() +
    queryString({
      q: query,
      'linh-vuc': filter.field,
      cap: filter.level,
      'doi-tuong': filter.audience,
      'cach-nop': filter.online,
      sau: after,
    });
  const title = query === '' ? own.search : own.titleFor(query);
  const hero = (
    <SearchHero
      heading={title}
      action={paths.search()}
      label={own.label}
      placeholder={own.placeholder}
      value={query}
      buttonText={own.search}
    />
  );
  const fieldName = (hit: Hit) => {
    const code = hit.facets.find((facet) => facet.startsWith('field:'))?.slice('field:'.length);
    return props.fields.find((field) => field.code === code)?.name[locale];
  };
  return (
    <PublicLayout title={title} hero={hero} noIndex>
      {query !== '' && <Filters action={paths.search()} kept={{ q: query }} filter={filter} fields={props.fields} />}
      {props.searchedFor !== null && props.hits.length > 0 && (
        <p class="govuk-body-l">
          {own.meant} <Link to={paths.search({ q: props.searchedFor })}>{props.searchedFor}</Link>
          {locale === 'vi' ? ' phải không?' : '?'}
        </p>
      )}
      {props.hits.length > 0 ? (
        <ol class="sen-hits">
          {props.hits.map((hit) => (
            <li class="sen-hit">
              <h2 class="sen-hit__title">
                <Link to={paths.procedure({ code: hit.refId })}>
                  <Marked pieces={hit.title} />
                </Link>
              </h2>
              <p class="sen-hit__text">
                <Marked pieces={hit.snippet} />
              </p>
              <p class="sen-hit__meta">
                {[hit.codes[0], fieldName(hit), hit.facets.includes('online') ? own.onlineOnly : null]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <EmptyState heading={query === '' ? own.start : own.none} text={query === '' ? own.startText : own.noneText}>
          {query !== '' && (
            <p class="govuk-body">
              <a class="govuk-link" href={`tel:${province.hotline.replace(/[^\d+]/g, '')}`}>
                {own.call(province.hotline)}
              </a>
            </p>
          )}
        </EmptyState>
      )}
      {props.next && (
        <p class="govuk-body">
          <Link to={address(props.next)}>{own.more} →</Link>
        </p>
      )}
      {query !== '' && (
        <SaveLink
          place="search"
          asked={{
            q: query,
            'linh-vuc': filter.field,
            cap: filter.level,
            'doi-tuong': filter.audience,
            'cach-nop': filter.online,
          }}
        />
      )}
      {props.hits.length === 0 && <FieldLinks fields={props.fields} />}
    </PublicLayout>
  );
}

/** The catalogue, by field, level, audience and agency. */
export function ProcedureListPage(props: {
  rows: readonly ProcedureSummary[];
  next: string | null;
  total: number;
  field: Field | null;
  filter: CatalogueFilter;
  fields: readonly Field[];
  units: readonly { id: string; nameVi: string; nameEn: string }[];
}) {
  const own = words.use();
  const locale = useLocale();
  const { filter, field } = props;
  const path = field ? paths.procedureField({ field: field.code }) : paths.procedures();
  const title = field ? field.name[locale] : own.procedures;
  const nextPath =
    path +
    queryString({
      'linh-vuc': field ? null : filter.field,
      cap: filter.level,
      'doi-tuong': filter.audience,
      'co-quan': filter.unit,
      sau: props.next,
    });
  return (
    <PublicLayout
      title={title}
      breadcrumbs={field ? [{ text: own.procedures, path: paths.procedures() }, { text: title }] : [{ text: title }]}
    >
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">
        {own.intro} {own.count(props.total)}.
      </p>
      <Filters
        action={path}
        kept={{}}
        filter={filter}
        fields={props.fields}
        units={props.units}
        withoutField={field !== null}
      />
      {props.rows.length === 0 ? (
        <EmptyState heading={own.none} text={own.all} />
      ) : (
        <ProcedureRows rows={props.rows} fields={props.fields} />
      )}
      {props.next && (
        <p class="govuk-body">
          <Link to={nextPath}>{own.more} →</Link>
        </p>
      )}
      <SaveLink
        place="list"
        asked={{
          'linh-vuc': field?.code ?? filter.field,
          cap: filter.level,
          'doi-tuong': filter.audience,
          'co-quan': filter.unit,
        }}
      />
      {!field && <FieldLinks fields={props.fields} />}
    </PublicLayout>
  );
}

function ProcedureRows(props: {
  rows: readonly ProcedureSummary[];
  fields: readonly Field[];
  children?: ComponentChildren;
}) {
  const locale = useLocale();
  return (
    <ol class="sen-hits">
      {props.rows.map((row) => (
        <li class="sen-hit">
          <h2 class="sen-hit__title">
            <Link to={paths.procedure({ code: row.code })}>{(locale === 'en' && row.name.en) || row.name.vi}</Link>
          </h2>
          <p class="sen-hit__meta">
            {[
              row.code,
              props.fields.find((field) => field.code === row.fieldCode)?.name[locale],
              row.levels.map((level) => levelWords[level][locale]).join(', '),
              onlineWords[row.onlineScope].short[locale],
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  );
}
