import { h } from 'preact';
import { attributesOf, classes, contentOf, type Attributes, type Content, type Slot } from '../govuk/content.tsx';
import { useMojWords } from './words.ts';

/** One event. `datetime.timestamp` is for machines, `datetime.text` for people (formatted by the caller, in Viet Nam's zone). */
export interface TimelineItem extends Slot {
  label: Content;
  byline?: Content | undefined;
  datetime: { timestamp: string; text: string };
}

/** Options of `mojTimeline`. */
export interface TimelineProps {
  items: readonly TimelineItem[];
  headingLevel?: number | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** What happened, newest first. Dossiers use `components/dossier-timeline.tsx`. */
export function Timeline(props: TimelineProps) {
  const words = useMojWords();
  return (
    <div class={classes('moj-timeline', props.classes)} {...attributesOf(props.attributes)}>
      {props.items.map((item) => (
        <div class={classes('moj-timeline__item', item.classes)} {...attributesOf(item.attributes)}>
          <div class="moj-timeline__header">
            {h(`h${props.headingLevel ?? 2}`, { class: 'moj-timeline__title' }, contentOf(item.label))}
            {item.byline && (
              <p class="moj-timeline__byline">
                {words.by} {contentOf(item.byline)}
              </p>
            )}
          </div>
          <p class="moj-timeline__date">
            <time datetime={item.datetime.timestamp}>{item.datetime.text}</time>
          </p>
          <div class="moj-timeline__description">{contentOf(item)}</div>
        </div>
      ))}
    </div>
  );
}
