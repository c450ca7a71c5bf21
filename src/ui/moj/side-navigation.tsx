import { h } from 'preact';
import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes, type Content } from '../govuk/content.tsx';
import type { NavigationItem } from './primary-navigation.tsx';

/** A titled group of entries. */
export interface SideNavigationSection {
  heading: Content & {
    headingLevel?: number | undefined;
    classes?: string | undefined;
    attributes?: Attributes | undefined;
  };
  items: readonly NavigationItem[];
}

/** Options of `mojSideNavigation`. */
export interface SideNavigationProps {
  items?: readonly NavigationItem[] | undefined;
  sections?: readonly SideNavigationSection[] | undefined;
  label?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Navigation at the side of a page. The workspace's own side menu is part of `WorkspaceLayout`. */
export function SideNavigation(props: SideNavigationProps) {
  return (
    <nav
      class={classes('moj-side-navigation', props.classes)}
      aria-label={props.label}
      {...attributesOf(props.attributes)}
    >
      {props.sections ? (
        props.sections.map((section) => (
          <>
            {h(
              `h${section.heading.headingLevel ?? 4}`,
              {
                class: classes('moj-side-navigation__title', section.heading.classes),
                ...attributesOf(section.heading.attributes),
              },
              contentOf(section.heading),
            )}
            <Items items={section.items} />
          </>
        ))
      ) : (
        <Items items={props.items ?? []} />
      )}
    </nav>
  );
}

function Items(props: { items: readonly NavigationItem[] }) {
  const href = useHref();
  return (
    <ul class="moj-side-navigation__list">
      {props.items.map((item) => (
        <li
          class={classes('moj-side-navigation__item', item.active && 'moj-side-navigation__item--active')}
          {...attributesOf(item.attributes)}
        >
          <a href={href(item.href)} aria-current={item.active ? 'location' : undefined}>
            {contentOf(item)}
          </a>
        </li>
      ))}
    </ul>
  );
}
