import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Slot } from './content.tsx';
import { useKitWords } from './words.ts';

/** A link one step back. */
export function BackLink(props: Slot & { href?: string | undefined }) {
  const href = useHref();
  const kit = useKitWords();
  return (
    <a
      href={href(props.href || '#')}
      class={classes('govuk-back-link', props.classes)}
      {...attributesOf(props.attributes)}
    >
      {contentOf(props) || kit.back}
    </a>
  );
}
