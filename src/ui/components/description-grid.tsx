import type { ComponentChildren } from 'preact';
import { classes } from '../govuk/content.tsx';

/** A term and its value. `isWide` takes a whole row; `isStrong` sets the value large. */
export interface Description {
  term: string;
  value: ComponentChildren;
  isWide?: boolean | undefined;
  isStrong?: boolean | undefined;
}

/** Facts side by side: what a procedure costs and takes, what a dossier is about. Empty values are left out by the caller. */
export function DescriptionGrid(props: { items: readonly Description[]; class?: string | undefined }) {
  return (
    <dl class={classes('sen-facts', props.class)}>
      {props.items.map((item) => (
        <div class={classes('sen-fact', item.isWide && 'sen-fact--wide')}>
          <dt class="sen-fact__term">{item.term}</dt>
          <dd class={classes('sen-fact__value', item.isStrong && 'sen-fact__value--strong')}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
