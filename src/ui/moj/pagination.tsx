import { classes, type Attributes } from '../govuk/content.tsx';
import { Pagination as GovukPagination, type PaginationItem, type PaginationLink } from '../govuk/pagination.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojPagination`. Growing lists use keyset paging (`components/data-table.tsx`) instead. */
export interface MojPaginationProps {
  items?: readonly PaginationItem[] | undefined;
  previous?: PaginationLink | undefined;
  next?: PaginationLink | undefined;
  landmarkLabel?: string | undefined;
  results?:
    | {
        from?: number | undefined;
        to?: number | undefined;
        count?: number | undefined;
        text?: string | undefined;
        pages?: { current?: number | undefined; count?: number | undefined } | undefined;
      }
    | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Page numbers with a line that says which results are shown. */
export function MojPagination(props: MojPaginationProps) {
  const items = props.items ?? [];
  const line = useResultsLine(props, items.length > 0);
  return (
    <div class="moj-pagination">
      {items.length > 1 && (
        <GovukPagination
          items={items.map((item) =>
            item.ellipsis ? { ellipsis: true } : { number: item.number, href: item.href, current: item.current },
          )}
          previous={props.previous}
          next={props.next}
          landmarkLabel={props.landmarkLabel}
          classes={classes('moj-pagination__pagination', props.classes)}
          attributes={props.attributes}
        />
      )}
      {line && <p class="moj-pagination__results">{line}</p>}
    </div>
  );
}

function useResultsLine(props: MojPaginationProps, hasItems: boolean): string {
  const words = useMojWords();
  const { results } = props;
  if (!results) return '';
  const term = results.text ?? words.results;
  const { from, to, count, pages } = results;
  if (hasItems && pages?.current && pages.count) return words.pageOf(pages.current, pages.count);
  if (hasItems && from && to) return count ? words.showingOf(from, to, count, term) : words.showing(from, to, term);
  return count ? words.total(count, term) : '';
}
