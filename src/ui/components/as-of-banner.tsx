import { formatDate } from '../format.ts';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';

const words = localWords({
  vi: {
    past: 'Bạn đang xem dữ liệu tính đến hết ngày',
    future: 'Bạn đang xem dữ liệu dự kiến cho ngày',
    back: 'Về hôm nay',
    asThen: 'Theo đơn vị lúc đó',
    now: 'Quy về đơn vị hiện nay',
    how: 'Cách xem đơn vị',
  },
  en: {
    past: 'You are looking at the end of',
    future: 'You are looking ahead at',
    back: 'Back to today',
    asThen: 'Units as they were',
    now: "Brought forward to today's units",
    how: 'Which units',
  },
});

/** How a page of the past names units: as they were, or brought forward to those that took over. */
export type UnitView = 'past' | 'now';
/** `?don-vi-theo=hom-nay` brings units forward; anything else shows them as they were. */
export const unitViewOf = (query: URLSearchParams): UnitView =>
  query.get('don-vi-theo') === 'hom-nay' ? 'now' : 'past';
export const unitViewSlug: Readonly<Record<UnitView, string | null>> = { past: null, now: 'hom-nay' };

/**
 * Says above a page that it shows another day than today, with the way back; nothing on the day itself. `views` offers both ways of
 * naming units: the addresses of the page in each.
 */
export function AsOfBanner(props: {
  on: string;
  today: string;
  todayPath: string;
  views?: { current: UnitView; past: string; now: string } | undefined;
}) {
  const own = words.use();
  const { on, today, views } = props;
  if (on === today && !views) return null;
  return (
    <div class="govuk-inset-text" role="region" aria-label={own.how}>
      {on !== today && (
        <p class="govuk-body">
          <strong>
            {on < today ? own.past : own.future} {formatDate(on)}.
          </strong>{' '}
          <Link to={props.todayPath}>{own.back}</Link>
        </p>
      )}
      {views && (
        <p class="govuk-body">
          {own.how}:{' '}
          {(['past', 'now'] as const).map((view, at) => (
            <>
              {at > 0 && ' · '}
              {views.current === view ? (
                <strong>{view === 'now' ? own.now : own.asThen}</strong>
              ) : (
                <Link to={views[view]}>{view === 'now' ? own.now : own.asThen}</Link>
              )}
            </>
          ))}
        </p>
      )}
    </div>
  );
}
