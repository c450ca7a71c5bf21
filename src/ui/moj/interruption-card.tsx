import type { ComponentChildren } from 'preact';
import { useHref } from '../../platform/http/page-context.ts';
import { Button } from '../govuk/button.tsx';
import type { Attributes } from '../govuk/content.tsx';

/** A way on from an interruption card. */
export interface InterruptionAction {
  text: string;
  href?: string | undefined;
  style?: 'button' | 'link' | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `mojInterruptionCard`. */
export interface InterruptionCardProps {
  heading: string;
  primaryAction: InterruptionAction;
  secondaryAction?: InterruptionAction | undefined;
  children?: ComponentChildren;
}

function Action(props: { action: InterruptionAction; isLink: boolean }) {
  const href = useHref();
  const { action } = props;
  return props.isLink ? (
    <a class="govuk-link govuk-link--inverse" href={href(action.href ?? '')}>
      {action.text}
    </a>
  ) : (
    <Button
      text={action.text}
      classes="govuk-button--inverse"
      href={action.href}
      preventDoubleClick
      attributes={action.attributes}
    />
  );
}

/** A page that stops before something that matters. */
export function InterruptionCard(props: InterruptionCardProps) {
  const { primaryAction, secondaryAction } = props;
  return (
    <div class="moj-interruption-card">
      <div class="moj-interruption-card__content">
        <h1 class="moj-interruption-card__heading">{props.heading}</h1>
        <div class="moj-interruption-card__body">{props.children}</div>
        <div class="govuk-button-group moj-interruption-card__actions">
          <Action action={primaryAction} isLink={primaryAction.style === 'link'} />
          {secondaryAction && <Action action={secondaryAction} isLink={secondaryAction.style !== 'button'} />}
        </div>
      </div>
    </div>
  );
}
