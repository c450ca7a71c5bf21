import { useHref } from '../../platform/http/page-context.ts';
import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Attributes, type Content } from './content.tsx';

/** Options of `govukErrorSummary`. */
export interface ErrorSummaryProps {
  titleText?: ComponentChildren | undefined;
  titleHtml?: ComponentChildren | undefined;
  descriptionText?: ComponentChildren | undefined;
  descriptionHtml?: ComponentChildren | undefined;
  errorList?: readonly (Content & { href?: string | undefined; attributes?: Attributes | undefined })[] | undefined;
  disableAutoFocus?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  children?: ComponentChildren;
}

/** What is wrong with a form, at the top of the page, each line leading to its field. */
export function ErrorSummary(props: ErrorSummaryProps) {
  const href = useHref();
  const description = props.children ?? props.descriptionHtml ?? props.descriptionText;
  return (
    <div
      class={classes('govuk-error-summary', props.classes)}
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...attributesOf(props.attributes)}
      data-module="govuk-error-summary"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.titleHtml ?? props.titleText}</h2>
        <div class="govuk-error-summary__body">
          {description && <p>{description}</p>}
          {props.errorList && props.errorList.length > 0 && (
            <ul class="govuk-list govuk-error-summary__list">
              {props.errorList.map((item) => (
                <li>
                  {item.href ? (
                    <a href={href(item.href)} {...attributesOf(item.attributes)}>
                      {contentOf(item)}
                    </a>
                  ) : (
                    contentOf(item)
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}
