import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { CardGrid } from '../../../ui/components/card-grid.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ProcedureSummary } from '../../procedures/index.ts';
import type { LifeEvent } from '../life-events.ts';
import { onlineWords } from '../procedure-words.ts';

export const lifeEventWords = localWords({
  vi: {
    title: 'Sự kiện trong đời',
    lead: 'Khi cuộc sống có việc lớn, ở đây có đủ những thủ tục cần làm, theo thứ tự.',
    none: 'Chưa có sự kiện nào',
    noneText: 'Hãy tìm thủ tục theo tên hoặc theo lĩnh vực.',
    find: 'Tìm thủ tục',
    counter: (hotline: string): string =>
      `Việc này chưa nộp được trên cổng. Hỏi Trung tâm Phục vụ hành chính công gần nhất hoặc gọi ${hotline}.`,
    keep: 'Giấy tờ bạn nộp hoặc nhận được có thể lưu trong Kho giấy tờ để dùng lại cho bước sau.',
    all: 'Các sự kiện khác',
  },
  en: {
    title: 'Events of life',
    lead: 'When something important happens, here are the procedures, in their order.',
    none: 'There is none yet',
    noneText: 'Find a procedure by its name or field.',
    find: 'Find a procedure',
    counter: (hotline: string): string =>
      `This cannot be applied for here yet. Ask at the nearest public service centre or call ${hotline}.`,
    keep: 'Papers you hand in or receive can be kept in your store and used again for the next step.',
    all: 'Other events',
  },
});

export const eventCards = (events: readonly LifeEvent[], locale: 'vi' | 'en') =>
  events.map((event) => ({
    title: event.title[locale],
    text: event.summary[locale],
    path: paths.lifeEvent({ event: event.key }),
  }));

/** All events of life. */
export function LifeEventsPage(props: { events: readonly LifeEvent[] }) {
  const own = lifeEventWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} description={own.lead} breadcrumbs={[{ text: own.title }]}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.lead}</p>
      {props.events.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText}>
          <Link to={paths.procedures()}>{own.find}</Link>
        </EmptyState>
      ) : (
        <CardGrid headingLevel={2} cards={eventCards(props.events, locale)} />
      )}
    </PublicLayout>
  );
}

/** One event: its steps, each with the procedures that the province offers. */
export function LifeEventPage(props: { event: LifeEvent; procedures: ReadonlyMap<string, ProcedureSummary> }) {
  const own = lifeEventWords.use();
  const locale = useLocale();
  const { province } = usePage();
  const { event } = props;
  return (
    <PublicLayout
      title={event.title[locale]}
      description={event.summary[locale]}
      width="narrow"
      readsAloud
      breadcrumbs={[{ text: own.title, path: paths.lifeEvents() }, { text: event.title[locale] }]}
    >
      <h1 class="govuk-heading-l">{event.title[locale]}</h1>
      <p class="govuk-body-l">{event.summary[locale]}</p>
      <ol class="sen-how sen-how--steps">
        {event.steps.map((step) => {
          const found = step.procedures.flatMap((code) => props.procedures.get(code) ?? []);
          return (
            <li class="sen-how__step">
              <h2 class="sen-how__name">{step.title[locale]}</h2>
              {step.text && <p class="sen-how__text">{step.text[locale]}</p>}
              {found.length > 0 && (
                <ul class="sen-linklist">
                  {found.map((each) => (
                    <li>
                      <Link to={paths.procedure({ code: each.code })}>
                        {(locale === 'en' && each.name.en) || each.name.vi}
                      </Link>{' '}
                      <span class="sen-soft">{onlineWords[each.onlineScope].short[locale]}</span>
                    </li>
                  ))}
                </ul>
              )}
              {found.length === 0 && step.procedures.length > 0 && (
                <p class="sen-how__text">{own.counter(province.hotline)}</p>
              )}
            </li>
          );
        })}
      </ol>
      <p class="govuk-body">{own.keep}</p>
      <p class="govuk-body">
        <Link to={paths.lifeEvents()}>{own.all}</Link>
      </p>
    </PublicLayout>
  );
}
