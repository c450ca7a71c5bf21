import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Tag } from '../../../ui/govuk/tag.tsx';
import type { Query } from '../../../ui/route.ts';
import type { AttributeDefinition, Item } from '../catalogue.ts';
import { catalogueWords } from './catalogue-words.ts';

/** A name in the page's language; a Vietnamese one on an English page is marked as Vietnamese. */
export function LocalName(props: { vi: string; en: string | null }) {
  const locale = useLocale();
  if (locale === 'vi') return <>{props.vi}</>;
  return props.en === null ? <span lang="vi">{props.vi}</span> : <>{props.en}</>;
}

/** Items of a list: code, name, attributes; columns that no item fills are left out. */
export function ItemTable(props: {
  caption: string;
  items: readonly Item[];
  attributes: readonly AttributeDefinition[];
  path: string;
  query: Query;
  next: string | null;
  exports?: readonly { text: string; path: string }[];
  empty: ComponentChildren;
  /** A further column, such as what may be done with the item. */
  actions?: { heading: string; cell: (item: Item) => ComponentChildren };
}) {
  const own = catalogueWords.use();
  const locale = useLocale();
  const has = (part: 'parentCode' | 'validFrom' | 'validTo' | 'replacedBy') =>
    props.items.some((item) => item[part] !== null);
  return (
    <DataTable
      caption={props.caption}
      rows={props.items}
      idOf={(item) => item.code}
      path={props.path}
      query={props.query}
      nextCursor={props.next}
      exports={props.exports}
      empty={props.empty}
      columns={[
        { heading: own.code, cell: (item) => item.code, isTight: true },
        {
          heading: own.name,
          cell: (item) => (
            <>
              <LocalName vi={item.nameVi} en={item.nameEn} />
              {item.isUnsure && (
                <>
                  {' '}
                  <Tag text={own.unsure} classes="govuk-tag--yellow" />
                </>
              )}
            </>
          ),
          isRowHeader: true,
        },
        ...props.attributes.map((attribute) => ({
          heading: attribute[locale],
          cell: (item: Item) => <LocalName vi={item.attributes[attribute.key] ?? ''} en={null} />,
        })),
        ...(has('parentCode') ? [{ heading: own.parent, cell: (item: Item) => item.parentCode, isTight: true }] : []),
        ...(has('validFrom')
          ? [
              {
                heading: own.validFrom,
                cell: (item: Item) => item.validFrom && formatDate(item.validFrom),
                isTight: true,
              },
            ]
          : []),
        ...(has('validTo')
          ? [{ heading: own.validTo, cell: (item: Item) => item.validTo && formatDate(item.validTo), isTight: true }]
          : []),
        ...(has('replacedBy')
          ? [{ heading: own.replacedBy, cell: (item: Item) => item.replacedBy, isTight: true }]
          : []),
        ...(props.actions ? [props.actions] : []),
      ]}
    />
  );
}
