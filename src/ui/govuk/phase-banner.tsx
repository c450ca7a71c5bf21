import { attributesOf, classes, contentOf, type Slot } from './content.tsx';
import { Tag } from './tag.tsx';

/** Says that the service is a demonstration or a trial. */
export function PhaseBanner(props: Slot & { tag?: Slot | undefined }) {
  return (
    <div class={classes('govuk-phase-banner govuk-width-container', props.classes)} {...attributesOf(props.attributes)}>
      <p class="govuk-phase-banner__content">
        <Tag
          text={props.tag?.text}
          html={props.tag?.html}
          classes={classes('govuk-phase-banner__content__tag', props.tag?.classes)}
        />
        <span class="govuk-phase-banner__text">{contentOf(props)}</span>
      </p>
    </div>
  );
}
