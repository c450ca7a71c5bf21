import { useHref } from '../../platform/http/page-context.ts';
import { h, type ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Attributes, type Content, type Slot } from './content.tsx';

/** A link beside a row or in the card's head. */
export interface SummaryAction extends Slot {
  href: string;
  visuallyHiddenText?: string | undefined;
}

/** A group of actions. */
export interface SummaryActions {
  items?: readonly SummaryAction[] | undefined;
  classes?: string | undefined;
}

/** One row: key, value, actions. */
export interface SummaryRow {
  key: Content & { classes?: string | undefined };
  value: Content & { classes?: string | undefined };
  classes?: string | undefined;
  actions?: SummaryActions | undefined;
}

/** The card around a list. */
export interface SummaryCardOptions {
  title?: (Content & { headingLevel?: number | undefined; classes?: string | undefined }) | undefined;
  actions?: SummaryActions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukSummaryList`. */
export interface SummaryListProps {
  rows: readonly (SummaryRow | null | undefined | false)[];
  card?: SummaryCardOptions | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

function ActionLink(props: { action: SummaryAction; cardTitle?: Content | undefined }) {
  const href = useHref();
  const { action, cardTitle } = props;
  return (
    <a class={classes('govuk-link', action.classes)} href={href(action.href)} {...attributesOf(action.attributes)}>
      {contentOf(action)}
      {(action.visuallyHiddenText || cardTitle) && (
        <span class="govuk-visually-hidden">
          {action.visuallyHiddenText && ` ${action.visuallyHiddenText}`}
          {cardTitle && <> ({contentOf(cardTitle)})</>}
        </span>
      )}
    </a>
  );
}

function SummaryCard(props: { card: SummaryCardOptions; children?: ComponentChildren }) {
  const { title, actions, ...card } = props.card;
  const items = actions?.items ?? [];
  const only = items.length === 1 ? items[0] : undefined;
  return (
    <div class={classes('govuk-summary-card', card.classes)} {...attributesOf(card.attributes)}>
      <div class="govuk-summary-card__title-wrapper">
        {title &&
          h(
            `h${title.headingLevel || 2}`,
            { class: classes('govuk-summary-card__title', title.classes) },
            contentOf(title),
          )}
        {only && (
          <div class={classes('govuk-summary-card__actions', actions?.classes)}>
            <ActionLink action={only} cardTitle={title} />
          </div>
        )}
        {items.length > 1 && (
          <ul class={classes('govuk-summary-card__actions', actions?.classes)}>
            {items.map((action) => (
              <li class="govuk-summary-card__action">
                <ActionLink action={action} cardTitle={title} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="govuk-summary-card__content">{props.children}</div>
    </div>
  );
}

/** Keys and values in rows, with links to change them. */
export function SummaryList(props: SummaryListProps) {
  const rows = props.rows.filter((row) => typeof row === 'object' && row !== null);
  const anyHasActions = rows.some((row) => (row.actions?.items?.length ?? 0) > 0);
  const list = (
    <dl class={classes('govuk-summary-list', props.classes)} {...attributesOf(props.attributes)}>
      {rows.map((row) => (
        <Row row={row} anyHasActions={anyHasActions} cardTitle={props.card?.title} />
      ))}
    </dl>
  );
  return props.card ? <SummaryCard card={props.card}>{list}</SummaryCard> : list;
}

function Row(props: { row: SummaryRow; anyHasActions: boolean; cardTitle: Content | undefined }) {
  const { row, cardTitle } = props;
  const items = row.actions?.items ?? [];
  const only = items.length === 1 ? items[0] : undefined;
  return (
    <div
      class={classes(
        'govuk-summary-list__row',
        props.anyHasActions && !row.actions?.items && 'govuk-summary-list__row--no-actions',
        row.classes,
      )}
    >
      <dt class={classes('govuk-summary-list__key', row.key.classes)}>{contentOf(row.key)}</dt>
      <dd class={classes('govuk-summary-list__value', row.value.classes)}>{contentOf(row.value)}</dd>
      {items.length > 0 && (
        <dd class={classes('govuk-summary-list__actions', row.actions?.classes)}>
          {only ? (
            <ActionLink action={only} cardTitle={cardTitle} />
          ) : (
            <ul class="govuk-summary-list__actions-list">
              {items.map((action) => (
                <li class="govuk-summary-list__actions-list-item">
                  <ActionLink action={action} cardTitle={cardTitle} />
                </li>
              ))}
            </ul>
          )}
        </dd>
      )}
    </div>
  );
}
