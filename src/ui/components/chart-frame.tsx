import type { ComponentChildren } from 'preact';
import { Details } from '../govuk/details.tsx';
import { Table } from '../govuk/table.tsx';
import { localWords } from '../local-words.ts';

const words = localWords({ vi: { table: 'Xem số liệu dạng bảng' }, en: { table: 'Show the figures as a table' } });

/** Title, picture, legend and the table behind a chart. `head` and `rows` are the same figures as text. */
export function ChartFrame(props: {
  title: string;
  note?: string | undefined;
  legend?: readonly string[] | undefined;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  children?: ComponentChildren;
}) {
  const own = words.use();
  return (
    <figure class="sen-chart">
      <figcaption class="sen-chart__title">{props.title}</figcaption>
      {props.legend && props.legend.length > 1 && (
        <ul class="sen-chart__legend" aria-hidden="true">
          {props.legend.map((name, at) => (
            <li class={`sen-chart__key sen-chart__key--${at + 1}`}>{name}</li>
          ))}
        </ul>
      )}
      <div class="sen-chart__picture" tabIndex={0} role="region" aria-label={props.title}>
        {props.children}
      </div>
      {props.note && <p class="sen-chart__note">{props.note}</p>}
      <Details summaryText={own.table}>
        <Table
          caption={props.title}
          captionClasses="govuk-visually-hidden"
          firstCellIsHeader
          head={props.head.map((text, at) => ({ text, format: at > 0 ? 'numeric' : undefined }))}
          rows={props.rows.map((row) => row.map((text, at) => ({ text, format: at > 0 ? 'numeric' : undefined })))}
        />
      </Details>
    </figure>
  );
}
