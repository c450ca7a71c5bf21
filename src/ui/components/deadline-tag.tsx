import { useLocale } from '../../platform/http/page-context.ts';
import { deadlineWords, formatDate, formatDateTime, isoDate, type DateValue } from '../format.ts';
import { Tag } from '../govuk/tag.tsx';

const colours = {
  overdue: 'govuk-tag--red',
  today: 'govuk-tag--yellow',
  soon: 'govuk-tag--orange',
  later: 'govuk-tag--green',
} as const;

/** A deadline as words in a coloured tag; the exact moment is the element's title and machine value. Colour never stands alone. */
export function DeadlineTag(props: { due: DateValue; now: Date }) {
  const locale = useLocale();
  const { text, state } = deadlineWords(props.due, props.now, locale);
  const isDay = typeof props.due === 'string' && props.due.length === 10;
  const exact = isDay ? formatDate(props.due) : formatDateTime(new Date(props.due), locale);
  return (
    <time class="sen-deadline" datetime={isDay ? isoDate(props.due) : new Date(props.due).toISOString()} title={exact}>
      <Tag classes={colours[state]} text={text} />
    </time>
  );
}
