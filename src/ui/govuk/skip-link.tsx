import { attributesOf, classes, contentOf, type Slot } from './content.tsx';

/** First stop of the keyboard: jumps over the navigation. */
export function SkipLink(props: Slot & { href?: string | undefined }) {
  return (
    <a
      href={props.href || '#content'}
      class={classes('govuk-skip-link', props.classes)}
      {...attributesOf(props.attributes)}
      data-module="govuk-skip-link"
    >
      {contentOf(props)}
    </a>
  );
}
