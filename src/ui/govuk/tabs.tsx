import { attributesOf, classes, type Attributes, type Content } from './content.tsx';
import { useKitWords } from './words.ts';

/** One tab. */
export interface TabItem {
  id?: string | undefined;
  label: string;
  attributes?: Attributes | undefined;
  panel: Content & { attributes?: Attributes | undefined };
}

/** Options of `govukTabs`. */
export interface TabsProps {
  id?: string | undefined;
  idPrefix?: string | undefined;
  title?: string | undefined;
  items?: readonly (TabItem | null | undefined | false)[] | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Panels behind tabs; without a script a list of links and all panels below each other. */
export function Tabs(props: TabsProps) {
  const kit = useKitWords();
  const items = props.items ?? [];
  const idOf = (item: TabItem, at: number): string => item.id || `${props.idPrefix ?? ''}-${at + 1}`;
  return (
    <div
      id={props.id}
      class={classes('govuk-tabs', props.classes)}
      {...attributesOf(props.attributes)}
      data-module="govuk-tabs"
    >
      <h2 class="govuk-tabs__title">{props.title ?? kit.contents}</h2>
      {items.length > 0 && (
        <ul class="govuk-tabs__list">
          {items.map(
            (item, at) =>
              item && (
                <li class={classes('govuk-tabs__list-item', at === 0 && 'govuk-tabs__list-item--selected')}>
                  <a class="govuk-tabs__tab" href={`#${idOf(item, at)}`} {...attributesOf(item.attributes)}>
                    {item.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      )}
      {items.map(
        (item, at) =>
          item && (
            <div
              class={classes('govuk-tabs__panel', at > 0 && 'govuk-tabs__panel--hidden')}
              id={idOf(item, at)}
              {...attributesOf(item.panel.attributes)}
            >
              {item.panel.html || (item.panel.text && <p class="govuk-body">{item.panel.text}</p>)}
            </div>
          ),
      )}
    </div>
  );
}
