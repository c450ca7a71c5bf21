import type { ComponentChildren } from 'preact';
import { useLocale } from '../../platform/http/page-context.ts';
import { formatDateTime } from '../format.ts';
import { classes } from '../govuk/content.tsx';
import { localWords } from '../local-words.ts';

/** One thing that happened or will happen. `at` is null for what is still to come. */
export interface TimelineEntry {
  title: string;
  at: Date | null;
  /** Who did it, in the words the reader may see. */
  by?: string | undefined;
  text?: ComponentChildren;
  state?: 'done' | 'current' | 'todo' | 'problem' | undefined;
}

const words = localWords({
  vi: { label: 'Quá trình xử lý', current: 'Đang ở bước này', todo: 'Chưa đến', problem: 'Cần chú ý', done: 'Đã xong' },
  en: { label: 'Progress', current: 'Current step', todo: 'To come', problem: 'Needs attention', done: 'Done' },
});

/** The course of a dossier, in the order given. */
export function DossierTimeline(props: { entries: readonly TimelineEntry[]; label?: string | undefined }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <ol class="sen-timeline" aria-label={props.label ?? own.label}>
      {props.entries.map((entry) => {
        const state = entry.state ?? 'done';
        return (
          <li
            class={classes('sen-event', `sen-event--${state}`)}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <p class="sen-event__title">
              {entry.title}
              <span class="govuk-visually-hidden"> ({own[state]})</span>
            </p>
            {(entry.at ?? entry.by) && (
              <p class="sen-event__meta">
                {entry.at && <time datetime={entry.at.toISOString()}>{formatDateTime(entry.at, locale)}</time>}
                {entry.at && entry.by && ' · '}
                {entry.by}
              </p>
            )}
            {entry.text && <div class="sen-event__text">{entry.text}</div>}
          </li>
        );
      })}
    </ol>
  );
}
