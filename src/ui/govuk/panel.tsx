import { useHref } from '../../platform/http/page-context.ts';
import { h, type ComponentChildren } from 'preact';
import { Button } from './button.tsx';
import { attributesOf, classes, contentOf, type Attributes, type Content } from './content.tsx';

/** An action of an interruption panel. */
export interface PanelAction {
  text: string;
  href?: string | undefined;
  type?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukPanel`. */
export interface PanelProps extends Content {
  titleText?: ComponentChildren | undefined;
  titleHtml?: ComponentChildren | undefined;
  headingLevel?: number | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  actions?:
    | { items?: readonly PanelAction[] | undefined; classes?: string | undefined; attributes?: Attributes | undefined }
    | undefined;
  children?: ComponentChildren;
}

/** The green panel of a success (or, with `govuk-panel--interruption`, a page that asks before going on). */
export function Panel(props: PanelProps) {
  const isInterruption = Boolean(props.classes?.includes('govuk-panel--interruption'));
  const body = props.children ?? contentOf(props);
  const { actions } = props;
  return (
    <div
      class={classes('govuk-panel', !isInterruption && 'govuk-panel--confirmation', props.classes)}
      {...attributesOf(props.attributes)}
    >
      {h(`h${props.headingLevel || 1}`, { class: 'govuk-panel__title' }, props.titleHtml ?? props.titleText)}
      {body && <div class="govuk-panel__body">{body}</div>}
      {isInterruption && actions && (
        <div class={classes('govuk-panel__actions', actions.classes)} {...attributesOf(actions.attributes)}>
          {actions.items && actions.items.length > 0 && (
            <div class="govuk-button-group">
              {actions.items.map((action) => (
                <Action action={action} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function Action(props: { action: PanelAction }) {
  const { action } = props;
  const href = useHref();
  if (!action.href || action.type === 'button') {
    return (
      <Button
        text={action.text}
        type={action.type || 'button'}
        classes={classes('govuk-button--inverse', action.classes)}
        href={action.href}
        attributes={action.attributes}
      />
    );
  }
  return (
    <a
      class={classes('govuk-link govuk-link--inverse', action.classes)}
      href={href(action.href)}
      {...attributesOf(action.attributes)}
    >
      {action.text}
    </a>
  );
}
