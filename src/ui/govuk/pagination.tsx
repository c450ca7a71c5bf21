import { useHref } from '../../platform/http/page-context.ts';
import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, hasContent, type Attributes, type Content } from './content.tsx';
import { useKitWords } from './words.ts';

/** A link to the page before or after. */
export interface PaginationLink extends Content {
  labelText?: string | undefined;
  href?: string | undefined;
  attributes?: Attributes | undefined;
}

/** One number of the list. */
export interface PaginationItem {
  number?: string | number | undefined;
  visuallyHiddenText?: string | undefined;
  href?: string | undefined;
  current?: boolean | undefined;
  ellipsis?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukPagination`. */
export interface PaginationProps {
  items?: readonly (PaginationItem | null | undefined)[] | undefined;
  previous?: PaginationLink | undefined;
  next?: PaginationLink | undefined;
  landmarkLabel?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
};

function Arrow(props: { kind: 'prev' | 'next' }) {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${props.kind}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[props.kind]} />
    </svg>
  );
}

function ArrowLink(props: {
  link: PaginationLink;
  kind: 'prev' | 'next';
  isBlock: boolean;
  children?: ComponentChildren;
}) {
  const href = useHref();
  const { link, kind, isBlock } = props;
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a
        class="govuk-link govuk-pagination__link"
        href={href(link.href ?? '')}
        rel={kind}
        {...attributesOf(link.attributes)}
      >
        {(isBlock || kind === 'prev') && <Arrow kind={kind} />}{' '}
        <span
          class={classes(
            'govuk-pagination__link-title',
            isBlock && !link.labelText && 'govuk-pagination__link-title--decorated',
          )}
        >
          {props.children}
        </span>{' '}
        {link.labelText && isBlock && (
          <>
            <span class="govuk-visually-hidden">:</span>{' '}
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        )}
        {!isBlock && kind === 'next' && <Arrow kind={kind} />}
      </a>
    </div>
  );
}

/** Links to the pages of a list. Without `items` it is the block form: only before and after. */
export function Pagination(props: PaginationProps) {
  const kit = useKitWords();
  const { previous, next } = props;
  const isBlock = !props.items && Boolean(next || previous);
  return (
    <nav
      class={classes('govuk-pagination', isBlock && 'govuk-pagination--block', props.classes)}
      aria-label={props.landmarkLabel || kit.pagination}
      {...attributesOf(props.attributes)}
    >
      {previous?.href && (
        <ArrowLink link={previous} kind="prev" isBlock={isBlock}>
          {hasContent(previous) ? contentOf(previous) : <PageWord word={kit.previous} rest={kit.page} />}
        </ArrowLink>
      )}
      {props.items && (
        <ul class="govuk-pagination__list">
          {props.items.map((item) => item && Object.keys(item).length > 0 && <PageItem item={item} />)}
        </ul>
      )}
      {next?.href && (
        <ArrowLink link={next} kind="next" isBlock={isBlock}>
          {hasContent(next) ? contentOf(next) : <PageWord word={kit.next} rest={kit.page} />}
        </ArrowLink>
      )}
    </nav>
  );
}

function PageWord(props: { word: string; rest: string }) {
  return (
    <>
      {props.word}
      {props.rest && <span class="govuk-visually-hidden">{props.rest}</span>}
    </>
  );
}

function PageItem(props: { item: PaginationItem }) {
  const href = useHref();
  const kit = useKitWords();
  const { item } = props;
  return (
    <li
      class={classes(
        'govuk-pagination__item',
        item.current && 'govuk-pagination__item--current',
        item.ellipsis && 'govuk-pagination__item--ellipsis',
      )}
    >
      {item.ellipsis ? (
        '⋯'
      ) : (
        <a
          class="govuk-link govuk-pagination__link"
          href={href(item.href ?? '')}
          aria-label={item.visuallyHiddenText ?? `${kit.pageNumber} ${item.number}`}
          aria-current={item.current ? 'page' : undefined}
          {...attributesOf(item.attributes)}
        >
          {item.number}
        </a>
      )}
    </li>
  );
}
