import { h } from 'preact';
import { Button, type ButtonProps } from '../govuk/button.tsx';
import { attributesOf, classes, contentOf, type Attributes, type Content } from '../govuk/content.tsx';

/** Options of `mojPageHeaderActions`. */
export interface PageHeaderActionsProps {
  heading: Content & { level?: number | undefined; classes?: string | undefined };
  items?: readonly ButtonProps[] | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A heading with the page's actions beside it. */
export function PageHeaderActions(props: PageHeaderActionsProps) {
  const { heading } = props;
  return (
    <div class={classes('moj-page-header-actions', props.classes)} {...attributesOf(props.attributes)}>
      <div class="moj-page-header-actions__title">
        {h(`h${heading.level ?? 1}`, { class: heading.classes ?? 'govuk-heading-xl' }, contentOf(heading))}
      </div>
      {props.items && (
        <div class="moj-page-header-actions__actions">
          <div class="moj-button-group moj-button-group--inline">
            {props.items.map((button) => (
              <Button {...button} />
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
