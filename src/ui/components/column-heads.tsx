/** The row of headings above a table that a page draws itself. */
export function ColumnHeads(props: { headings: readonly string[] }) {
  return (
    <thead>
      <tr>
        {props.headings.map((heading) => (
          <th scope="col" class="govuk-table__header">
            {heading}
          </th>
        ))}
      </tr>
    </thead>
  );
}
