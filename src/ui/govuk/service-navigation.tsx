import { useHref } from '../../platform/http/page-context.ts';
import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, hasContent, type Attributes, type Content } from './content.tsx';
import { useKitWords } from './words.ts';

/** One entry. `current` is this very page, `active` a page above it. */
export interface ServiceNavigationItem extends Content {
  href?: string | undefined;
  current?: boolean | undefined;
  active?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukServiceNavigation`. */
export interface ServiceNavigationProps {
  serviceName?: string | undefined;
  serviceUrl?: string | undefined;
  navigation?: readonly (ServiceNavigationItem | null | undefined | false)[] | undefined;
  navigationLabel?: string | undefined;
  navigationId?: string | undefined;
  navigationClasses?: string | undefined;
  menuButtonText?: string | undefined;
  menuButtonLabel?: string | undefined;
  collapseNavigationOnMobile?: boolean | undefined;
  ariaLabel?: string | undefined;
  slots?:
    | {
        start?: ComponentChildren | undefined;
        /** `align: 'inline'` keeps the slot on the line of the navigation. */
        end?: { html: ComponentChildren; align?: string | undefined } | undefined;
        navigationStart?: ComponentChildren | undefined;
        navigationEnd?: ComponentChildren | undefined;
      }
    | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Name of a service and its own navigation. */
export function ServiceNavigation(props: ServiceNavigationProps) {
  const href = useHref();
  const kit = useKitWords();
  const { slots } = props;
  const own = {
    class: classes('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...attributesOf(props.attributes),
  };
  const inner = (
    <div
      class={classes(
        'govuk-width-container',
        slots?.end?.align === 'inline' && 'govuk-service-navigation__inlining-container',
      )}
    >
      {slots?.start}
      <div class="govuk-service-navigation__container">
        {props.serviceName && (
          <span class="govuk-service-navigation__service-name">
            {props.serviceUrl ? (
              <a href={href(props.serviceUrl)} class="govuk-service-navigation__link">
                {props.serviceName}
              </a>
            ) : (
              <span class="govuk-service-navigation__text">{props.serviceName}</span>
            )}
          </span>
        )}
        <NavigationList {...props} />
      </div>
      {slots?.end?.html}
    </div>
  );
  return props.serviceName || slots?.start || slots?.end?.html ? (
    <section aria-label={props.ariaLabel ?? kit.serviceInformation} {...own}>
      {inner}
    </section>
  ) : (
    <div {...own}>{inner}</div>
  );
}

function NavigationList(props: ServiceNavigationProps) {
  const kit = useKitWords();
  const { slots } = props;
  const items = (props.navigation ?? []).filter((item) => typeof item === 'object' && item !== null);
  if (items.length === 0 && !slots?.navigationStart && !slots?.navigationEnd) return null;
  const menuText = props.menuButtonText || kit.menu;
  const navigationId = props.navigationId || 'navigation';
  const hasOwnLabel = props.menuButtonLabel && props.menuButtonLabel !== menuText;
  return (
    <nav
      aria-label={props.navigationLabel || menuText}
      class={classes('govuk-service-navigation__wrapper', props.navigationClasses)}
    >
      {(props.collapseNavigationOnMobile ?? items.length > 1) && (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={navigationId}
          aria-label={hasOwnLabel ? props.menuButtonLabel : undefined}
          hidden
          aria-hidden="true"
        >
          {menuText}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={navigationId}>
        {slots?.navigationStart}
        {items.map((item) => (
          <NavigationItem item={item} />
        ))}
        {slots?.navigationEnd}
      </ul>
    </nav>
  );
}

function NavigationItem(props: { item: ServiceNavigationItem }) {
  const href = useHref();
  const { item } = props;
  const isActive = item.active || item.current;
  const current = isActive ? (item.current ? 'page' : 'true') : undefined;
  const content = isActive ? (
    <strong class="govuk-service-navigation__active-fallback">{contentOf(item)}</strong>
  ) : (
    contentOf(item)
  );
  return (
    <li class={classes('govuk-service-navigation__item', isActive && 'govuk-service-navigation__item--active')}>
      {item.href ? (
        <a
          class="govuk-service-navigation__link"
          href={href(item.href)}
          aria-current={current}
          {...attributesOf(item.attributes)}
        >
          {content}
        </a>
      ) : (
        hasContent(item) && (
          <span class="govuk-service-navigation__text" aria-current={current}>
            {content}
          </span>
        )
      )}
    </li>
  );
}
