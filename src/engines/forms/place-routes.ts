import { loadAddressBook } from '../../foundation/organisations/index.ts';
import { json } from '../../platform/http/reply.ts';
import type { Web } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { isDay } from './logic.ts';

/** Maps change by law, never from one hour to the next. */
const KEPT_SECONDS = 86_400;

/** Places for address fields with a script: what lies directly in a province or district on a day, `[code, name]` by name. */
export function placeRoutes(web: Web): void {
  web.get(
    paths.places,
    {
      access: 'public',
      cacheSeconds: 3_600,
      rateLimit: { name: 'forms.places', limit: 240, windowSeconds: 60, by: 'address' },
      example: { day: '2026-11-22', code: '40' },
    },
    async ({ params }) => {
      const { day = '', code = '' } = params;
      if (!isDay(day) || !/^\d{2,3}$/.test(code)) throw problem(notFound);
      const places = (await loadAddressBook()).unitsOn(day).children(code);
      if (places.length === 0) throw problem(notFound);
      const headers = { 'cache-control': `public, max-age=${KEPT_SECONDS}` };
      return json(
        places.map((place) => [place.code, place.name]),
        { headers },
      );
    },
  );
}
