import type { ComponentChildren } from 'preact';
import { useHref } from '../../platform/http/page-context.ts';
import { Button } from '../govuk/button.tsx';
import { attributesOf, contentOf, type Attributes, type Content } from '../govuk/content.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojFilter`. Put it inside a `<Form method="get">`. */
export interface FilterProps {
  heading: Content;
  selectedFilters?:
    | {
        heading: Content;
        clearLink: { text: string; href: string };
        categories: readonly { heading: Content; items: readonly { href: string; text: string }[] }[];
      }
    | undefined;
  submit?: { text?: string | undefined; attributes?: Attributes | undefined } | undefined;
  optionsHtml?: ComponentChildren | undefined;
  children?: ComponentChildren;
  attributes?: Attributes | undefined;
}

/** Filter panel: what is chosen, with links that take each choice away, then the fields. */
export function Filter(props: FilterProps) {
  const words = useMojWords();
  const href = useHref();
  const chosen = props.selectedFilters;
  return (
    <div class="moj-filter" data-module="moj-filter" {...attributesOf(props.attributes)}>
      <div class="moj-filter__header">
        <div class="moj-filter__header-title">
          <h2 class="govuk-heading-m">{contentOf(props.heading)}</h2>
        </div>
        <div class="moj-filter__header-action" />
      </div>
      <div class="moj-filter__content">
        {chosen && (
          <div class="moj-filter__selected">
            <div class="moj-filter__selected-heading">
              <div class="moj-filter__heading-title">
                <h2 class="govuk-heading-m">{contentOf(chosen.heading)}</h2>
              </div>
              <div class="moj-filter__heading-action">
                <p>
                  <a class="govuk-link govuk-link--no-visited-state" href={href(chosen.clearLink.href)}>
                    {chosen.clearLink.text}
                  </a>
                </p>
              </div>
            </div>
            {chosen.categories.map((category) => (
              <>
                <h3 class="govuk-heading-s govuk-!-margin-bottom-0">{contentOf(category.heading)}</h3>
                <ul class="moj-filter-tags">
                  {category.items.map((item) => (
                    <li>
                      <a class="moj-filter__tag" href={href(item.href)}>
                        <span class="govuk-visually-hidden">{words.removeFilter}</span> {item.text}
                      </a>
                    </li>
                  ))}
                </ul>
              </>
            ))}
          </div>
        )}
        <div class="moj-filter__options">
          <Button text={props.submit?.text || words.applyFilters} attributes={props.submit?.attributes} />
          {props.children ?? props.optionsHtml}
        </div>
      </div>
    </div>
  );
}
