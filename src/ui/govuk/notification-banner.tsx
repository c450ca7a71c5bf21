import { h, type ComponentChildren } from 'preact';
import { attributesOf, classes, type Slot } from './content.tsx';
import { useKitWords } from './words.ts';

/** Options of `govukNotificationBanner`. */
export interface NotificationBannerProps extends Slot {
  titleText?: ComponentChildren | undefined;
  titleHtml?: ComponentChildren | undefined;
  titleHeadingLevel?: number | string | undefined;
  type?: string | undefined;
  role?: string | undefined;
  titleId?: string | undefined;
  disableAutoFocus?: boolean | undefined;
  children?: ComponentChildren;
}

/** News about the page or the person's request; `type: 'success'` says that something worked. */
export function NotificationBanner(props: NotificationBannerProps) {
  const kit = useKitWords();
  const isSuccess = props.type === 'success';
  const titleId = props.titleId || 'govuk-notification-banner-title';
  const title = props.titleHtml || props.titleText || (isSuccess ? kit.success : kit.important);
  const markup = props.children ?? props.html;
  return (
    <div
      class={classes('govuk-notification-banner', isSuccess && 'govuk-notification-banner--success', props.classes)}
      role={(props.role || (isSuccess ? 'alert' : 'region')) as 'region'}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...attributesOf(props.attributes)}
    >
      <div class="govuk-notification-banner__header">
        {h(`h${props.titleHeadingLevel || 2}`, { class: 'govuk-notification-banner__title', id: titleId }, title)}
      </div>
      <div class="govuk-notification-banner__content">
        {markup || (props.text && <p class="govuk-notification-banner__heading">{props.text}</p>)}
      </div>
    </div>
  );
}
