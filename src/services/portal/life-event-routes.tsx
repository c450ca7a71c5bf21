import { localDate } from '../../platform/clock.ts';
import { page } from '../../platform/http/reply.ts';
import type { Web } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listCurrentByCode } from '../procedures/index.ts';
import { lifeEventsOf } from './life-events.ts';
import { LifeEventPage, LifeEventsPage } from './views/life-event-pages.tsx';

/** Public pages of the events of life. */
export function lifeEventRoutes(web: Web): void {
  const cached = { access: 'public', cacheSeconds: 60 } as const;
  web.get(paths.lifeEvents, cached, ({ config }) => page(<LifeEventsPage events={lifeEventsOf(config)} />));
  web.get(paths.lifeEvent, { ...cached, example: { event: 'sinh-con' } }, async ({ config, params, reader, now }) => {
    const event = lifeEventsOf(config).find((each) => each.key === params['event']);
    if (!event) throw problem(notFound);
    const codes = [...new Set(event.steps.flatMap((step) => step.procedures))];
    const found = codes.length === 0 ? [] : await listCurrentByCode(reader, codes, localDate(now));
    return page(<LifeEventPage event={event} procedures={new Map(found.map((each) => [each.code, each]))} />);
  });
}
