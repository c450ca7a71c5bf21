import { attributesOf, classes, contentOf, type Attributes, type Slot } from './content.tsx';

/** One cell; `format: 'numeric'` aligns figures to the right. */
export interface TableCell extends Slot {
  format?: string | undefined;
  colspan?: number | undefined;
  rowspan?: number | undefined;
}

/** Options of `govukTable`. */
export interface TableProps {
  rows: readonly (readonly TableCell[] | null | undefined | false)[];
  head?: readonly TableCell[] | undefined;
  caption?: string | undefined;
  captionClasses?: string | undefined;
  firstCellIsHeader?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A plain table. Lists that filter, sort and page are `components/data-table.tsx`. */
export function Table(props: TableProps) {
  return (
    <table class={classes('govuk-table', props.classes)} {...attributesOf(props.attributes)}>
      {props.caption && (
        <caption class={classes('govuk-table__caption', props.captionClasses)}>{props.caption}</caption>
      )}
      {props.head && (
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {props.head.map((item) => (
              <th
                scope="col"
                class={classes(
                  'govuk-table__header',
                  item.format && `govuk-table__header--${item.format}`,
                  item.classes,
                )}
                colspan={item.colspan}
                rowspan={item.rowspan}
                {...attributesOf(item.attributes)}
              >
                {contentOf(item)}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody class="govuk-table__body">
        {props.rows.map(
          (row) =>
            row && (
              <tr class="govuk-table__row">
                {row.map((cell, at) => (
                  <Cell cell={cell} isHeader={at === 0 && Boolean(props.firstCellIsHeader)} />
                ))}
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}

function Cell(props: { cell: TableCell; isHeader: boolean }) {
  const { cell } = props;
  const span = { colspan: cell.colspan, rowspan: cell.rowspan, ...attributesOf(cell.attributes) };
  if (props.isHeader) {
    return (
      <th scope="row" class={classes('govuk-table__header', cell.classes)} {...span}>
        {contentOf(cell)}
      </th>
    );
  }
  return (
    <td
      class={classes('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
      {...span}
    >
      {contentOf(cell)}
    </td>
  );
}
