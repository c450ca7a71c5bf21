import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes } from '../govuk/content.tsx';
import type { NavigationItem } from './primary-navigation.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojSubNavigation`. */
export interface SubNavigationProps {
  items: readonly NavigationItem[];
  label?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The parts of one page or one case, as links in a row. */
export function SubNavigation(props: SubNavigationProps) {
  const words = useMojWords();
  const href = useHref();
  return (
    <nav
      class={classes('moj-sub-navigation', props.classes)}
      aria-label={props.label || words.secondary}
      {...attributesOf(props.attributes)}
    >
      <ul class="moj-sub-navigation__list">
        {props.items.map((item) => (
          <li class={classes('moj-sub-navigation__item', item.classes)}>
            <a
              class="moj-sub-navigation__link"
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
  );
}
