import type { ComponentChildren } from 'preact';
import { Form } from '../form.tsx';
import { Button, type ButtonProps } from '../govuk/button.tsx';
import { classes } from '../govuk/content.tsx';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';
import { queryString, type Query } from '../route.ts';

/** Names of the query values that every list uses. A sort key with a minus before it sorts downwards. */
export const listQuery = { sort: 'sap-xep', after: 'sau', before: 'truoc' } as const;

/** A column. `sortKey` makes the heading a link that sorts on the server. */
export interface Column<Row> {
  heading: string;
  cell: (row: Row) => ComponentChildren;
  sortKey?: string | undefined;
  /** Figures: right-aligned, tabular. */
  isNumeric?: boolean | undefined;
  /** Names the row for screen readers; one column of a table. */
  isRowHeader?: boolean | undefined;
  /** Text that must stay on one line: codes, dates. */
  isTight?: boolean | undefined;
}

/** Actions on chosen rows: one form around the table. */
export interface BulkActions<Row> {
  action: string;
  /** Name of the check boxes; defaults to `id`. */
  name?: string | undefined;
  buttons: readonly ButtonProps[];
  /** Fields that go with the chosen rows, such as a reason; shown above the buttons. */
  before?: ComponentChildren;
  /** What a screen reader hears for a row's box. */
  labelOf: (row: Row) => string;
  /** Rows that may not be chosen get no box. */
  canChoose?: ((row: Row) => boolean) | undefined;
}

/** Options of `DataTable`. */
export interface DataTableProps<Row> {
  /** Says what the table lists; read out, and shown when `isCaptionShown`. */
  caption: string;
  isCaptionShown?: boolean | undefined;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** The list's path and its present query (filters, sort, cursor): links are made from them. */
  path: string;
  query: Query;
  /** Cursor of the first row when there is a page before, of the last row when there is one after. */
  previousCursor?: string | null | undefined;
  nextCursor?: string | null | undefined;
  /** “Hiện 50 hồ sơ”, an exact or capped count, in words. */
  summary?: ComponentChildren;
  exports?: readonly { text: string; path: string }[] | undefined;
  bulk?: BulkActions<Row> | undefined;
  /** Shown instead of the table when there is no row: `EmptyState`. */
  empty: ComponentChildren;
  /** Marks a row: what is late. */
  toneOf?: ((row: Row) => 'late' | undefined) | undefined;
}

const words = localWords({
  vi: {
    previous: 'Trang trước',
    next: 'Trang sau',
    pages: 'Các trang của danh sách',
    first: 'Về đầu danh sách',
    export: 'Tải về',
    choose: 'Chọn',
    chooseAll: 'Chọn tất cả các dòng trên trang này',
    up: 'đang sắp xếp tăng dần',
    down: 'đang sắp xếp giảm dần',
    sort: 'sắp xếp theo',
  },
  en: {
    previous: 'Previous page',
    next: 'Next page',
    pages: 'Pages of the list',
    first: 'Back to the start',
    export: 'Download',
    choose: 'Select',
    chooseAll: 'Select all rows on this page',
    up: 'sorted upwards',
    down: 'sorted downwards',
    sort: 'sort by',
  },
});

/** The list's address with some query values changed; the cursor starts again unless it is among them. */
function listPath(path: string, query: Query, changes: Query): string {
  return path + queryString({ ...query, [listQuery.after]: null, [listQuery.before]: null, ...changes });
}

function HeaderCell<Row>(props: { column: Column<Row>; table: DataTableProps<Row> }) {
  const own = words.use();
  const { column, table } = props;
  const sort = table.query[listQuery.sort];
  const isUp = column.sortKey !== undefined && sort === column.sortKey;
  const isDown = column.sortKey !== undefined && sort === `-${column.sortKey}`;
  const next = isUp ? `-${column.sortKey}` : (column.sortKey ?? '');
  return (
    <th
      scope="col"
      class={classes('govuk-table__header', column.isNumeric && 'govuk-table__header--numeric')}
      aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
    >
      {column.sortKey === undefined ? (
        column.heading
      ) : (
        <Link
          to={listPath(table.path, table.query, { [listQuery.sort]: next })}
          class={classes('sen-sort', isUp && 'sen-sort--up', isDown && 'sen-sort--down')}
        >
          <span class="govuk-visually-hidden">{own.sort} </span>
          {column.heading}
          {(isUp || isDown) && <span class="govuk-visually-hidden"> ({isUp ? own.up : own.down})</span>}
        </Link>
      )}
    </th>
  );
}

function Cell<Row>(props: { column: Column<Row>; row: Row }) {
  const { column, row } = props;
  const name = classes(
    column.isRowHeader ? 'govuk-table__header' : 'govuk-table__cell',
    column.isNumeric && 'govuk-table__cell--numeric',
    column.isTight && 'sen-tight',
  );
  return column.isRowHeader ? (
    <th scope="row" class={name}>
      {column.cell(row)}
    </th>
  ) : (
    <td class={name} data-label={column.heading}>
      {column.cell(row)}
    </td>
  );
}

function ChoiceBox<Row>(props: { bulk: BulkActions<Row>; row: Row; id: string }) {
  const { bulk, row, id } = props;
  const own = words.use();
  if (bulk.canChoose && !bulk.canChoose(row)) return <td class="govuk-table__cell sen-choose" />;
  return (
    <td class="govuk-table__cell sen-choose">
      <input
        type="checkbox"
        class="sen-box"
        name={bulk.name ?? 'id'}
        value={id}
        aria-label={`${own.choose} ${bulk.labelOf(row)}`}
        data-bulk-row=""
      />
    </td>
  );
}

function TableOf<Row>(props: DataTableProps<Row>) {
  const own = words.use();
  const { bulk } = props;
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={props.caption}>
      <table class="govuk-table sen-table">
        <caption
          class={props.isCaptionShown ? 'govuk-table__caption govuk-table__caption--m' : 'govuk-visually-hidden'}
        >
          {props.caption}
        </caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {bulk && (
              <td class="govuk-table__header sen-choose">
                <span hidden>
                  <input type="checkbox" class="sen-box" aria-label={own.chooseAll} data-bulk-all="" />
                </span>
              </td>
            )}
            {props.columns.map((column) => (
              <HeaderCell column={column} table={props} />
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {props.rows.map((row) => {
            const tone = props.toneOf?.(row);
            return (
              <tr class={classes('govuk-table__row', tone && `sen-row--${tone}`)}>
                {bulk && <ChoiceBox bulk={bulk} row={row} id={props.idOf(row)} />}
                {props.columns.map((column) => (
                  <Cell column={column} row={row} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/**
 * A list as a table that needs no script: headings sort on the server, pages go by keyset, exports are links, actions on chosen rows are one form.
 * Put `FilterBar` above it. With the workspace's script a box in the head selects all rows.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const own = words.use();
  const { bulk } = props;
  const hasPages = props.previousCursor || props.nextCursor;
  if (props.rows.length === 0) return <>{props.empty}</>;
  return (
    <div class="sen-list">
      {(props.summary || props.exports) && (
        <div class="sen-list__head">
          {props.summary && <p class="sen-list__summary">{props.summary}</p>}
          {props.exports && props.exports.length > 0 && (
            <p class="sen-list__exports">
              {own.export}{' '}
              {props.exports.map((item) => (
                <Link to={item.path} attributes={{ 'data-turbo': 'false' }}>
                  {item.text}
                </Link>
              ))}
            </p>
          )}
        </div>
      )}
      {bulk ? (
        <Form action={bulk.action} attributes={{ 'data-bulk': '' }}>
          <TableOf {...props} />
          {bulk.before}
          <div class="govuk-button-group sen-list__bulk">
            {bulk.buttons.map((button, at) => (
              <Button {...button}>
                {button.text}
                {at === 0 && <span data-bulk-count="" />}
              </Button>
            ))}
          </div>
        </Form>
      ) : (
        <TableOf {...props} />
      )}
      {hasPages && (
        <nav class="sen-pages" aria-label={own.pages}>
          {props.previousCursor && (
            <Link
              to={listPath(props.path, props.query, { [listQuery.before]: props.previousCursor })}
              class="sen-pages__link"
              rel="prev"
            >
              ← {own.previous}
            </Link>
          )}
          {props.nextCursor && (
            <Link
              to={listPath(props.path, props.query, { [listQuery.after]: props.nextCursor })}
              class="sen-pages__link sen-pages__link--next"
              rel="next"
            >
              {own.next} →
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}
