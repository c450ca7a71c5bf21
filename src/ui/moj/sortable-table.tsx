import { Table, type TableCell, type TableProps } from '../govuk/table.tsx';

/** A head cell that sorts in the browser; `sort` is its state at first. */
export interface SortableHead extends TableCell {
  sort?: 'ascending' | 'descending' | 'none' | undefined;
}

/**
 * A short table that sorts in the browser when the script is there (the kit's script adds the buttons). Values to sort by go into
 * `attributes: { 'data-sort-value': … }` of the cells. Long lists sort on the server: `components/data-table.tsx`.
 */
export function SortableTable(props: Omit<TableProps, 'head'> & { head: readonly SortableHead[] }) {
  const head = props.head.map(({ sort, ...cell }) => ({
    ...cell,
    attributes: sort ? { ...cell.attributes, 'aria-sort': sort } : cell.attributes,
  }));
  return <Table {...props} head={head} attributes={{ ...props.attributes, 'data-module': 'moj-sortable-table' }} />;
}
