import { namesOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { lifeEventsOf } from './life-events.ts';
import { accountOf } from './open-application.ts';
import { readPersonalHome } from './personal-home.ts';
import { listSavedSearches } from './saved-search-queries.ts';
import { draftRows } from './start-routes.tsx';
import { PersonalHomePage } from './views/personal-home-page.tsx';

async function show(request: WebRequest): Promise<Reply> {
  const { reader, config, actor, now } = request;
  const account = accountOf(actor);
  const [home, drafts, searches] = await Promise.all([
    readPersonalHome(reader, config, actor, now),
    draftRows(request),
    listSavedSearches(reader, account.id),
  ]);
  const units = home.underWay.map((row) => row.receivingUnitId);
  return page(
    <PersonalHomePage
      name={account.name}
      home={home}
      drafts={drafts.slice(0, 5)}
      searches={searches.slice(0, 5)}
      events={lifeEventsOf(config)}
      unitNames={await namesOf(reader, units, localDate(now))}
      now={now}
      today={localDate(now)}
    />,
  );
}

/** The page of a signed-in person. */
export function homeRoutes(web: Web): void {
  web.get(paths.personalHome, { access: 'person' }, show);
}
