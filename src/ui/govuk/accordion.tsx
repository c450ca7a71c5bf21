import { h } from 'preact';
import { attributesOf, classes, contentOf, hasContent, wordsOf, type Attributes, type Content } from './content.tsx';
import { useScriptWords } from './words.ts';

/** One section. */
export interface AccordionItem {
  heading: Content;
  summary?: Content | undefined;
  content?: Content | undefined;
  expanded?: boolean | undefined;
}

/** Options of `govukAccordion`. */
export interface AccordionProps {
  id: string;
  headingLevel?: number | undefined;
  items: readonly (AccordionItem | null | undefined | false)[];
  hideAllSectionsText?: string | undefined;
  hideSectionText?: string | undefined;
  hideSectionAriaLabelText?: string | undefined;
  showAllSectionsText?: string | undefined;
  showSectionText?: string | undefined;
  showSectionAriaLabelText?: string | undefined;
  rememberExpanded?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Sections that open and close; all open without a script. */
export function Accordion(props: AccordionProps) {
  const words = useScriptWords('accordion');
  const own = {
    'hide-all-sections': props.hideAllSectionsText,
    'hide-section': props.hideSectionText,
    'hide-section-aria-label': props.hideSectionAriaLabelText,
    'show-all-sections': props.showAllSectionsText,
    'show-section': props.showSectionText,
    'show-section-aria-label': props.showSectionAriaLabelText,
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, text]) => text));
  return (
    <div
      class={classes('govuk-accordion', props.classes)}
      data-module="govuk-accordion"
      id={props.id}
      {...wordsOf({ ...words, ...given })}
      data-remember-expanded={props.rememberExpanded === undefined ? undefined : String(props.rememberExpanded)}
      {...attributesOf(props.attributes)}
    >
      {props.items.map(
        (item, at) => item && <Section item={item} id={props.id} index={at + 1} level={props.headingLevel || 2} />,
      )}
    </div>
  );
}

function Section(props: { item: AccordionItem; id: string; index: number; level: number }) {
  const { item, id, index } = props;
  return (
    <div class={classes('govuk-accordion__section', item.expanded && 'govuk-accordion__section--expanded')}>
      <div class="govuk-accordion__section-header">
        {h(
          `h${props.level}`,
          { class: 'govuk-accordion__section-heading' },
          <span class="govuk-accordion__section-button" id={`${id}-heading-${index}`}>
            {contentOf(item.heading)}
          </span>,
        )}
        {hasContent(item.summary) && (
          <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${index}`}>
            {contentOf(item.summary)}
          </div>
        )}
      </div>
      <div id={`${id}-content-${index}`} class="govuk-accordion__section-content">
        {item.content?.html || (item.content?.text && <p class="govuk-body">{item.content.text}</p>)}
      </div>
    </div>
  );
}
