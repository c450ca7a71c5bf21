import { attributesOf, classes, contentOf, type Attributes, type Slot } from '../govuk/content.tsx';

/** Options of `mojTicketPanel`. Item classes: `moj-ticket-panel__content--blue|red|yellow|green|purple|orange`. */
export interface TicketPanelProps {
  items: readonly Slot[];
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Panels with a coloured edge, for what stands out of a case. */
export function TicketPanel(props: TicketPanelProps) {
  return (
    <article class={classes('moj-ticket-panel', props.classes)} {...attributesOf(props.attributes)}>
      {props.items.map((item) => (
        <section class={classes('moj-ticket-panel__content', item.classes)} {...attributesOf(item.attributes)}>
          {contentOf(item)}
        </section>
      ))}
    </article>
  );
}
