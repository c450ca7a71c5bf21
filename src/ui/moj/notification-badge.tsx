import { attributesOf, classes, type Attributes } from '../govuk/content.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojNotificationBadge`. */
export interface NotificationBadgeProps {
  /** The count; nothing is drawn at zero. */
  text: number | string;
  visuallyHiddenText?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A count beside a menu entry. */
export function NotificationBadge(props: NotificationBadgeProps) {
  const words = useMojWords();
  const count = Math.trunc(Number(props.text)) || 0;
  if (count <= 0) return null;
  const spoken = count >= 99 ? words.orMore : String(count);
  return (
    <span class={classes('moj-notification-badge', props.classes)} {...attributesOf(props.attributes)}>
      <span aria-hidden="true">{count >= 99 ? '99+' : count}</span>
      <span class="govuk-visually-hidden">({classes(spoken, props.visuallyHiddenText)})</span>
    </span>
  );
}
