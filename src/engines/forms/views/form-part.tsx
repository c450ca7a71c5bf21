import type { ComponentChildren, VNode } from 'preact';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Fieldset } from '../../../ui/govuk/fieldset.tsx';
import { Hint } from '../../../ui/govuk/hint.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import type { AnswerField, ContentField, Field, Group, RowValue } from '../definition.ts';
import { answerLines } from '../display.ts';
import { askedName, commandName, controlId, rowCountName } from '../form-post.ts';
import { outlineOf, type ListEntry } from '../outline.ts';
import { isLocked } from '../prefill.ts';
import { FieldControl, labelText } from './field-control.tsx';
import { valueAt, type FieldContext } from './field-context.ts';
import { TableControl } from './table-control.tsx';

/** Paragraphs out of text with empty lines between. */
export function Paragraphs(props: { text: string; class?: string }): VNode {
  return (
    <>
      {props.text.split(/\n{2,}/).map((paragraph) => (
        <p class={props.class ?? 'govuk-body'}>{paragraph}</p>
      ))}
    </>
  );
}

/** A group: a titled set of fields, or the rows of a repeated group. */
export function FormGroupPart(props: { group: Group; context: FieldContext }): VNode | null {
  const { group, context } = props;
  const isShown = context.evaluation.shownGroups.has(group.id);
  if (!isShown && !context.live) return null;
  const title = group.title?.[context.locale];
  const hint = group.hint?.[context.locale];
  const list = group.repeat ? outlineOf(context.definition).lists.get(group.repeat.name) : undefined;
  const inner = list ? (
    <Rows list={list} group={group} context={context} />
  ) : (
    <Fields fields={group.fields} at={(name) => name} context={context} isConditional={group.showWhen !== undefined} />
  );
  return (
    <div class="sen-form-group" data-group={group.id} hidden={!isShown}>
      {title === undefined ? (
        inner
      ) : (
        <Fieldset legend={{ text: title, classes: 'govuk-fieldset__legend--m' }}>
          {hint !== undefined && <Hint text={hint} />}
          {inner}
        </Fieldset>
      )}
    </div>
  );
}

/** Fields one after another; those with a locked value stand together as a list to read. */
function Fields(props: {
  fields: readonly Field[];
  at: (name: string) => string;
  context: FieldContext;
  isConditional: boolean;
}): VNode {
  const { fields, at, context } = props;
  const outline = outlineOf(context.definition);
  const locked = (field: Field): boolean => {
    const entry = outline.byKey.get(at(field.name));
    return entry !== undefined && isLocked(context.definition, entry, context.prefilled);
  };
  const parts: ComponentChildren[] = [];
  let told: AnswerField[] = [];
  const flush = (): void => {
    if (told.length > 0) parts.push(<Told fields={told} context={context} />);
    told = [];
  };
  for (const field of fields) {
    if (field.type !== 'content' && locked(field) && context.evaluation.shown.has(field.name)) told.push(field);
    else {
      flush();
      parts.push(<FormPart field={field} at={at(field.name)} context={context} isConditional={props.isConditional} />);
    }
  }
  flush();
  return <>{parts}</>;
}

/** What registers told and nobody may change, with where it came from. */
function Told(props: { fields: AnswerField[]; context: FieldContext }): VNode {
  const { fields, context } = props;
  const { locale, words } = context;
  const sources = new Set<string>();
  for (const field of fields) {
    const source = field.prefill?.source;
    const told = source === undefined ? undefined : context.prefilled[source];
    if (told) sources.add(`${told.from[locale]}${told.at ? ` ${words.at} ${timeOf(told.at)}` : ''}`);
  }
  const reading = { locale, today: context.today, books: context.books, values: context.values, masked: true };
  return (
    <>
      <InsetText>
        {words.taken} {[...sources].join(', ')}. {words.lockedNote}
      </InsetText>
      <SummaryList
        rows={fields.map((field) => ({
          key: { text: field.label[locale] },
          value: { text: answerLines(field, valueAt(context.values, field.name), reading).join(', ') },
        }))}
      />
    </>
  );
}

const timeOf = (at: Date): string =>
  new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' }).format(at);

/** One field with its help. A conditional one says that it was asked, so that the server knows. */
function FormPart(props: { field: Field; at: string; context: FieldContext; isConditional: boolean }): VNode | null {
  const { field, at, context } = props;
  if (field.type === 'content') return <ContentPart field={field} context={context} at={at} />;
  const isShown = context.evaluation.shown.has(at);
  const isConditional = props.isConditional || field.showWhen !== undefined;
  if (!isShown && !context.live) return null;
  const control =
    field.calculate !== undefined ? (
      <CalculatedPart field={field} at={at} context={context} />
    ) : field.type === 'table' ? (
      <TableControl field={field} context={context} />
    ) : (
      <FieldControl field={field} at={at} context={context} />
    );
  const helped =
    field.help || field.basis ? (
      <>
        {control}
        <HelpPart field={field} context={context} />
      </>
    ) : (
      control
    );
  if (!isConditional) return helped;
  return (
    <div class="sen-form-part" data-at={at} hidden={!isShown}>
      <input type="hidden" name={askedName} value={at} disabled={!isShown} />
      {helped}
    </div>
  );
}

function HelpPart(props: { field: AnswerField; context: FieldContext }): VNode {
  const { field, context } = props;
  const { locale, words } = context;
  return (
    <Details summaryText={field.help ? `${words.help}: ${field.label[locale]}` : words.why}>
      {field.help && <Paragraphs text={field.help[locale]} />}
      {field.basis && <Paragraphs text={field.basis[locale]} />}
    </Details>
  );
}

function ContentPart(props: { field: ContentField; context: FieldContext; at: string }): VNode | null {
  const { field, context, at } = props;
  const row = at.includes('.') ? rowOf(context, at) : undefined;
  const isShown = context.evaluation.holds(field.showWhen, row);
  if (!isShown && !context.live) return null;
  const text = field.text[context.locale];
  const body =
    field.style === 'warning' ? (
      <WarningText text={text} />
    ) : field.style === 'inset' ? (
      <InsetText>
        <Paragraphs text={text} />
      </InsetText>
    ) : (
      <Paragraphs text={text} />
    );
  return field.showWhen === undefined ? (
    body
  ) : (
    <div class="sen-form-part" data-content={at} hidden={!isShown}>
      {body}
    </div>
  );
}

function rowOf(context: FieldContext, at: string): RowValue | undefined {
  const [list = '', index] = at.split('.');
  const rows = context.values[list];
  return Array.isArray(rows) ? (rows as RowValue[])[Number(index)] : undefined;
}

function CalculatedPart(props: { field: AnswerField; at: string; context: FieldContext }): VNode {
  const { field, at, context } = props;
  const reading = { locale: context.locale, today: context.today, books: context.books, values: context.values };
  const lines = answerLines(field, valueAt(context.values, at), reading);
  const id = controlId(at);
  return (
    <div class="govuk-form-group sen-calculated">
      <p class="govuk-label govuk-label--s" id={`${id}-label`}>
        {labelText(field, at, context)}
      </p>
      <p class="govuk-hint">{field.hint?.[context.locale] ?? context.words.calculated}</p>
      <output class="govuk-body sen-calculated__value" id={id} aria-labelledby={`${id}-label`} data-calculated={at}>
        {lines.length === 0 ? '—' : lines.join(' · ')}
      </output>
    </div>
  );
}

function Rows(props: { list: ListEntry; group: Group; context: FieldContext }): VNode {
  const { list, group, context } = props;
  const { locale, words } = context;
  const found = context.values[list.name];
  const count = Math.max(Array.isArray(found) ? found.length : 0, Math.min(list.min, list.max));
  const isShown = context.evaluation.shown.has(list.name);
  const error = context.errors.get(list.name);
  const title = list.itemTitle[locale];
  const addLabel = list.addLabel?.[locale] ?? `${words.add} ${title.toLowerCase()}`;
  return (
    <div class="sen-rows" id={controlId(list.name)} data-list={list.name}>
      <input type="hidden" name={rowCountName(list.name)} value={count} />
      {group.showWhen !== undefined && <input type="hidden" name={askedName} value={list.name} disabled={!isShown} />}
      {error && <p class="govuk-error-message">{error.message[locale]}</p>}
      {Array.from({ length: count }, (_, i) => (
        <Fieldset classes="sen-row" legend={{ text: `${title} ${i + 1}`, classes: 'govuk-fieldset__legend--s' }}>
          <Fields
            fields={group.fields}
            at={(name) => `${list.name}.${i}.${name}`}
            context={context}
            isConditional={false}
          />
          {count > list.min && (
            <Button
              classes="govuk-button--secondary"
              name={commandName}
              value={`remove:${list.name}:${i}`}
              text={`${words.remove} ${title.toLowerCase()} ${i + 1}`}
            />
          )}
        </Fieldset>
      ))}
      {count < list.max && (
        <Button classes="govuk-button--secondary" name={commandName} value={`add:${list.name}`} text={addLabel} />
      )}
    </div>
  );
}
