import type { VNode } from 'preact';
import { Button } from '../../../ui/govuk/button.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import type { AnswerField, ColumnField, TableField } from '../definition.ts';
import { answerLines } from '../display.ts';
import { commandName, controlId, rowCountName } from '../form-post.ts';
import { FieldControl, labelText } from './field-control.tsx';
import { valueAt, type FieldContext } from './field-context.ts';

const figures = new Set(['integer', 'decimal', 'money']);

/** A table whose cells are filled in; rows are added and removed with buttons. */
export function TableControl(props: { field: TableField; context: FieldContext }): VNode {
  const { field, context } = props;
  const { locale, words } = context;
  const name = field.name;
  const found = context.values[name];
  const min = field.min ?? 1;
  const max = field.max ?? 10;
  const count = Math.max(Array.isArray(found) ? found.length : 0, Math.min(Math.max(min, 1), max));
  const error = context.errors.get(name);
  const hintId = `${controlId(name)}-hint`;
  const cell = (column: ColumnField, i: number): VNode => {
    const at = `${name}.${i}.${column.name}`;
    if (column.calculate !== undefined) return <Calculated field={column} at={at} context={context} />;
    const labelled = {
      ...column,
      label: { vi: `${column.label.vi}, dòng ${i + 1}`, en: `${column.label.en}, row ${i + 1}` },
    };
    return <FieldControl field={labelled} at={at} context={context} labelStyle="hidden" />;
  };
  return (
    <div
      class={`govuk-form-group sen-table-field${error ? ' govuk-form-group--error' : ''}`}
      id={controlId(name)}
      data-list={name}
    >
      <input type="hidden" name={rowCountName(name)} value={count} />
      {field.hint && (
        <p class="govuk-hint" id={hintId}>
          {field.hint[locale]}
        </p>
      )}
      {error && <p class="govuk-error-message">{error.message[locale]}</p>}
      <div class="sen-table-scroll" role="region" aria-label={field.label[locale]} tabIndex={0}>
        <Table
          caption={labelText(field, name, context)}
          captionClasses="govuk-table__caption--s"
          head={[
            ...field.columns.map((column) => ({
              text: column.label[locale],
              ...(figures.has(column.type) ? { format: 'numeric' } : {}),
            })),
            { html: <span class="govuk-visually-hidden">{words.remove}</span> },
          ]}
          rows={Array.from({ length: count }, (_, i) => [
            ...field.columns.map((column) => ({
              html: cell(column, i),
              ...(figures.has(column.type) ? { format: 'numeric' } : {}),
            })),
            {
              html: (
                <Button
                  classes="govuk-button--secondary sen-button--small"
                  name={commandName}
                  value={`remove:${name}:${i}`}
                  html={
                    <>
                      {words.remove}
                      <span class="govuk-visually-hidden">{` ${words.row.toLowerCase()} ${i + 1}`}</span>
                    </>
                  }
                />
              ),
            },
          ])}
        />
      </div>
      {count < max && (
        <Button
          classes="govuk-button--secondary"
          name={commandName}
          value={`add:${name}`}
          text={field.addLabel?.[locale] ?? `${words.add} ${words.row.toLowerCase()}`}
        />
      )}
    </div>
  );
}

function Calculated(props: { field: AnswerField; at: string; context: FieldContext }): VNode {
  const { field, at, context } = props;
  const reading = { locale: context.locale, today: context.today, books: context.books, values: context.values };
  return (
    <output id={controlId(at)} data-calculated={at}>
      {answerLines(field, valueAt(context.values, at), reading)[0] ?? '—'}
    </output>
  );
}
