import type { ComponentChildren } from 'preact';
import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes, type Content } from '../govuk/content.tsx';

/** One entry of a navigation. */
export interface NavigationItem extends Content {
  href: string;
  active?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `mojPrimaryNavigation`. */
export interface PrimaryNavigationProps {
  items: readonly NavigationItem[];
  label?: string | undefined;
  searchHtml?: ComponentChildren | undefined;
  containerClasses?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Navigation across a product. */
export function PrimaryNavigation(props: PrimaryNavigationProps) {
  const href = useHref();
  return (
    <div class={classes('moj-primary-navigation', props.containerClasses)}>
      <div class="moj-primary-navigation__container">
        <div class="moj-primary-navigation__nav">
          <nav
            class={classes('moj-primary-navigation', props.classes)}
            aria-label={props.label}
            {...attributesOf(props.attributes)}
          >
            <ul class="moj-primary-navigation__list">
              {props.items.map((item) => (
                <li class="moj-primary-navigation__item">
                  <a
                    class="moj-primary-navigation__link"
                    aria-current={item.active ? 'page' : undefined}
                    href={href(item.href)}
                    {...attributesOf(item.attributes)}
                  >
                    {contentOf(item)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {props.searchHtml && <div class="moj-primary-navigation__search">{props.searchHtml}</div>}
      </div>
    </div>
  );
}
