import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes, type Content } from './content.tsx';
import { useKitWords } from './words.ts';

/** Options of `govukBreadcrumbs`. */
export interface BreadcrumbsProps {
  items: readonly (Content & { href?: string | undefined; attributes?: Attributes | undefined })[];
  collapseOnMobile?: boolean | undefined;
  labelText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** The way to this page. */
export function Breadcrumbs(props: BreadcrumbsProps) {
  const href = useHref();
  const kit = useKitWords();
  return (
    <nav
      class={classes(
        'govuk-breadcrumbs',
        props.classes,
        props.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile',
      )}
      {...attributesOf(props.attributes)}
      aria-label={props.labelText ?? kit.breadcrumb}
    >
      <ol class="govuk-breadcrumbs__list">
        {props.items.map((item) =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={href(item.href)} {...attributesOf(item.attributes)}>
                {contentOf(item)}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {contentOf(item)}
            </li>
          ),
        )}
      </ol>
    </nav>
  );
}
