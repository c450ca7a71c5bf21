import type { ComponentChildren } from 'preact';
import { Lotus } from '../layouts/lotus.tsx';

/** Says why a list is empty and what to do about it; actions go into the children. */
export function EmptyState(props: { heading: string; text?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <div class="sen-empty">
      <Lotus size={64} class="sen-lotus sen-empty__lotus" />
      <h2 class="govuk-heading-m sen-empty__heading">{props.heading}</h2>
      {props.text && <p class="govuk-body sen-empty__text">{props.text}</p>}
      {props.children && <div class="sen-empty__actions">{props.children}</div>}
    </div>
  );
}
