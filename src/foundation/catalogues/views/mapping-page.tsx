import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate } from '../../../ui/format.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { CatalogueFacts } from '../catalogue.ts';
import { DayFilter } from './catalogue-filter.tsx';
import { catalogueWords } from './catalogue-words.ts';
import { LocalName } from './item-table.tsx';

export const mappingWords = localWords({
  vi: {
    title: (from: string, to: string): string => (from === to ? `Mã cũ và mã mới: ${from}` : `${from} → ${to}`),
    from: 'Mã nguồn',
    to: 'Mã tương ứng',
    onlyFrom: 'Tìm theo mã nguồn',
    note: 'Ghi chú',
    none: 'Không có cặp mã nào vào ngày này',
    lead: 'Một mã có thể ứng với nhiều mã, và ngược lại. Mỗi cặp có ngày bắt đầu và có thể có ngày kết thúc.',
  },
  en: {
    title: (from: string, to: string): string =>
      from === to ? `Former and present codes: ${from}` : `${from} → ${to}`,
    from: 'Code',
    to: 'Stands for',
    onlyFrom: 'Find by code',
    note: 'Note',
    none: 'No pair of codes on this day',
    lead: 'A code may stand for several, and several for one. Each pair has a first day and may have a last.',
  },
});

export interface ShownPair {
  id: string;
  fromCode: string;
  toCode: string;
  validFrom: string | null;
  validTo: string | null;
  note: string | null;
  fromName: { vi: string; en: string | null } | undefined;
  toName: { vi: string; en: string | null } | undefined;
}

/** Columns of pairs of codes, for the public page and the administrator's. */
export function pairColumns(own: ReturnType<typeof mappingWords.use>, shared: ReturnType<typeof catalogueWords.use>) {
  const side = (code: string, name: ShownPair['fromName']) => (
    <>
      {code} {name && <LocalName {...name} />}
    </>
  );
  const day = (value: string | null) => (value === null ? '' : formatDate(value));
  return [
    { heading: own.from, cell: (row: ShownPair) => side(row.fromCode, row.fromName), isRowHeader: true },
    { heading: own.to, cell: (row: ShownPair) => side(row.toCode, row.toName) },
    { heading: shared.validFrom, cell: (row: ShownPair) => day(row.validFrom), isTight: true },
    { heading: shared.validTo, cell: (row: ShownPair) => day(row.validTo), isTight: true },
    { heading: own.note, cell: (row: ShownPair) => row.note && <LocalName vi={row.note} en={null} /> },
  ];
}

/** What the codes of one list stand for in another on a day, for everybody. */
export function MappingPage(props: {
  from: CatalogueFacts;
  to: CatalogueFacts;
  rows: readonly ShownPair[];
  day: string;
  text: string;
  next: string | null;
}) {
  const own = mappingWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const nameOf = (one: CatalogueFacts) => (locale === 'en' ? one.nameEn : one.nameVi);
  const title = own.title(nameOf(props.from), nameOf(props.to));
  const path = paths.catalogueMapping({ code: props.from.code, target: props.to.code });
  return (
    <PublicLayout
      title={title}
      breadcrumbs={[
        { text: shared.catalogues, path: paths.catalogues() },
        { text: nameOf(props.from), path: paths.catalogue({ code: props.from.code }) },
        { text: shared.mappings },
      ]}
    >
      <h1 class="govuk-heading-xl">{title}</h1>
      <p class="govuk-body">{own.lead}</p>
      <DayFilter action={path} label={own.onlyFrom} text={props.text} day={props.day} classes="govuk-input--width-10" />
      <DataTable
        caption={title}
        rows={props.rows}
        idOf={(row) => row.id}
        path={path}
        query={{ tim: props.text, ngay: formatDate(props.day) }}
        nextCursor={props.next}
        empty={<EmptyState heading={own.none} text={shared.noItemsText} />}
        columns={pairColumns(own, shared)}
      />
    </PublicLayout>
  );
}
