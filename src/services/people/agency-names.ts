import { namesOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { WebRequest } from '../../platform/http/web.ts';

/** Names of today of the units that things belong to, in the reader's language, by id. */
export async function agencyNames(
  request: Pick<WebRequest, 'reader' | 'now' | 'locale'>,
  things: readonly { unitId: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = things.flatMap((thing) => thing.unitId ?? []);
  const names = await namesOf(request.reader, ids, localDate(request.now));
  return new Map(
    [...names].map(([id, name]) => [id, (request.locale === 'en' && name.nameEn) || name.nameVi] as const),
  );
}
