import { usePage } from '../../platform/http/page-context.ts';
import { layoutWords } from './words.ts';

/** Announcement of planned downtime, or of what cannot be done for now, above everything else. */
export function DowntimeBanner() {
  const { downtime } = usePage();
  const words = layoutWords.use();
  if (!downtime) return null;
  return (
    <div class="sen-downtime" role="region" aria-label={downtime.heading ?? words.downtime}>
      <p class="govuk-width-container sen-downtime__text">
        <strong>{downtime.heading ?? words.downtime}.</strong> {downtime.text}
      </p>
    </div>
  );
}

/** Messages carried over a redirect, shown once above the page's content. */
export function Messages() {
  const { messages = [] } = usePage();
  const words = layoutWords.use();
  return (
    <>
      {messages.map((message) => (
        <div class={`sen-message sen-message--${message.kind}`} role={message.kind === 'error' ? 'alert' : 'status'}>
          <p class="sen-message__text">
            <strong class="govuk-visually-hidden">{words[message.kind]}: </strong>
            {message.text}
          </p>
        </div>
      ))}
    </>
  );
}
