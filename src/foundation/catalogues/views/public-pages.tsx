import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate, formatNumber } from '../../../ui/format.ts';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { CatalogueFacts, Item } from '../catalogue.ts';
import { CatalogueFilter, DayFilter } from './catalogue-filter.tsx';
import { catalogueWords } from './catalogue-words.ts';
import { ItemTable, LocalName } from './item-table.tsx';

const words = localWords({
  vi: {
    lead: 'Các bảng mã mà cơ quan trong tỉnh dùng thống nhất. Ai cũng được xem, tải về và lấy tự động.',
    api: 'Lấy danh mục bằng chương trình',
    asOf: (day: string): string => `Nội dung có hiệu lực ngày ${day}`,
    today: 'Nội dung đang có hiệu lực',
    facts: 'Thông tin về danh mục',
    earlier: 'Mỗi phiên bản có hiệu lực đến khi phiên bản sau bắt đầu. Bấm để xem danh mục vào ngày đó.',
  },
  en: {
    lead: 'Code lists that all offices of the province use alike. Everybody may read, download and fetch them.',
    api: 'Fetch lists by program',
    asOf: (day: string): string => `As it stood on ${day}`,
    today: 'As it stands today',
    facts: 'Facts about this list',
    earlier: 'Each version holds until the next begins. Choose one to see the list on that day.',
  },
});

type Listed = CatalogueFacts & { number: number | null; validFrom: string | null; itemCount: number };

/** All shared lists, for everybody. */
export function PublicCataloguesPage(props: {
  rows: readonly Listed[];
  text: string;
  scope: string | null;
  next: string | null;
}) {
  const own = words.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={shared.catalogues} description={own.lead} breadcrumbs={[{ text: shared.catalogues }]}>
      <h1 class="govuk-heading-xl">{shared.catalogues}</h1>
      <p class="govuk-body-l">{own.lead}</p>
      <CatalogueFilter action={paths.catalogues()} text={props.text} scope={props.scope} />
      <DataTable
        caption={shared.catalogues}
        rows={props.rows}
        idOf={(row) => row.code}
        path={paths.catalogues()}
        query={{ tim: props.text, 'pham-vi': props.scope ?? '' }}
        nextCursor={props.next}
        empty={<EmptyState heading={shared.none} text={shared.noneText} />}
        columns={[
          {
            heading: shared.name,
            cell: (row) => (
              <Link to={paths.catalogue({ code: row.code })}>{locale === 'en' ? row.nameEn : row.nameVi}</Link>
            ),
            isRowHeader: true,
          },
          { heading: shared.scope, cell: (row) => shared.scopes[row.scope] },
          { heading: shared.items, cell: (row) => formatNumber(row.itemCount, locale), isNumeric: true },
          {
            heading: shared.validFrom,
            cell: (row) => (row.validFrom ? formatDate(row.validFrom) : shared.nothing),
            isTight: true,
          },
        ]}
      />
      <p class="govuk-body">
        <Link to={paths.apiDocs()}>{own.api}</Link>
      </p>
    </PublicLayout>
  );
}

/** One list on a day, for everybody. */
export function PublicCataloguePage(props: {
  catalogue: CatalogueFacts;
  version: { number: number } | null;
  versions: readonly { number: number; validFrom: string | null; decision: string | null; itemCount: number }[];
  mappings: readonly { code: string; nameVi: string; nameEn: string; entries: number }[];
  items: readonly Item[];
  day: string;
  isToday: boolean;
  text: string;
  next: string | null;
}) {
  const own = words.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { catalogue } = props;
  const code = catalogue.code;
  const name = locale === 'en' ? catalogue.nameEn : catalogue.nameVi;
  const shown = { ngay: props.isToday ? '' : formatDate(props.day) };
  return (
    <PublicLayout title={name} breadcrumbs={[{ text: shared.catalogues, path: paths.catalogues() }, { text: name }]}>
      <h1 class="govuk-heading-xl">{name}</h1>
      {(locale === 'en' ? catalogue.descriptionEn : catalogue.descriptionVi) && (
        <p class="govuk-body-l">{locale === 'en' ? catalogue.descriptionEn : catalogue.descriptionVi}</p>
      )}
      {catalogue.isUnsure && <WarningText text={`${shared.unsureText}.`} iconFallbackText="!" />}
      <DayFilter action={paths.catalogue({ code })} label={shared.search} text={props.text} day={props.day} />
      <h2 class="govuk-heading-m">{props.isToday ? own.today : own.asOf(formatDate(props.day))}</h2>
      <ItemTable
        caption={name}
        items={props.items}
        attributes={catalogue.attributes}
        path={paths.catalogue({ code })}
        query={{ tim: props.text, ...shown }}
        next={props.next}
        exports={
          props.version
            ? ['xlsx', 'csv', 'json'].map((format) => ({
                text: format.toUpperCase(),
                path: paths.catalogueExport({ code, format }, shown),
              }))
            : []
        }
        empty={
          <EmptyState
            heading={props.version ? shared.noItems : shared.notInForce}
            text={props.version ? shared.noItemsText : props.versions.length > 0 ? shared.noItemsText : undefined}
          />
        }
      />
      <h2 class="govuk-heading-m">{own.facts}</h2>
      <SummaryList
        rows={[
          { key: { text: shared.code }, value: { text: code } },
          { key: { text: shared.scope }, value: { text: shared.scopes[catalogue.scope]! } },
          { key: { text: shared.owner }, value: { html: <LocalName vi={catalogue.owner} en={null} /> } },
          { key: { text: shared.legalBasis }, value: { html: <LocalName vi={catalogue.legalBasis} en={null} /> } },
          catalogue.partnerCode !== null && {
            key: { text: shared.partnerCode },
            value: { html: <code>{catalogue.partnerCode}</code> },
          },
          catalogue.unsureNote !== null && {
            key: { text: shared.unsure },
            value: { html: <LocalName vi={catalogue.unsureNote} en={null} /> },
          },
        ]}
      />
      {props.versions.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{shared.versions}</h2>
          <p class="govuk-body">{own.earlier}</p>
          <ul class="govuk-list govuk-list--bullet">
            {props.versions.map((version) => (
              <li>
                <Link to={paths.catalogue({ code }, { ngay: formatDate(version.validFrom ?? '') })}>
                  {shared.version} {version.number}
                </Link>
                : {shared.validFrom} {formatDate(version.validFrom ?? '')}, {formatNumber(version.itemCount, locale)}{' '}
                {locale === 'en' ? 'items' : 'mục'}
                {version.decision !== null && (
                  <>
                    {' '}
                    (<LocalName vi={version.decision} en={null} />)
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {props.mappings.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{shared.mappings}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {props.mappings.map((mapping) => (
              <li>
                <Link to={paths.catalogueMapping({ code, target: mapping.code })}>
                  {locale === 'en' ? mapping.nameEn : mapping.nameVi}
                </Link>{' '}
                ({formatNumber(mapping.entries, locale)} {shared.entries})
              </li>
            ))}
          </ul>
        </>
      )}
    </PublicLayout>
  );
}
