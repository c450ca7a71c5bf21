import { insertDossier, insertPlace, type TestPlace } from '../dossiers/testing.ts';
import type { SubmissionInput } from '../dossiers/index.ts';
import { signedInOfficial, type SignedIn } from '../../testing/people.ts';
import type { TestApp } from '../../testing/app.ts';

/* Builders for tests of the front desk. */

export interface Desk {
  place: TestPlace;
  clerk: SignedIn;
  specialist: SignedIn;
  leader: SignedIn;
  /** Works at another unit, with every right there. */
  stranger: SignedIn;
}

const ALL = ['view', 'receive', 'process', 'assign', 'approve', 'return', 'stop', 'extend', 'export'].map(
  (name) => `dossiers.${name}`,
);

/** A counter, a competent body, the people of both, and somebody from elsewhere. */
export async function openDesk(app: TestApp): Promise<Desk> {
  const place = await app.db.write((tx) => insertPlace(tx));
  const at = (unitId: string, rights: readonly string[], name: string) =>
    signedInOfficial(
      app,
      rights.map((right) => `dossiers.${right}`),
      { unitId, name },
    );
  return {
    place,
    clerk: await at(place.receivingUnitId, ['view', 'receive', 'return', 'export'], 'Lê Thị Mai'),
    specialist: await at(place.competentUnitId, ['view', 'process'], 'Trần Văn Bình'),
    leader: await at(
      place.competentUnitId,
      ['view', 'approve', 'assign', 'stop', 'extend', 'export'],
      'Phạm Quốc Hùng',
    ),
    stranger: await signedInOfficial(app, ALL, { name: 'Người Đơn Vị Khác' }),
  };
}

/** A submitted dossier; returns its id. */
export const submitted = async (
  app: TestApp,
  place: TestPlace,
  facts: Partial<SubmissionInput> = {},
): Promise<string> => (await app.db.write((tx) => insertDossier(tx, place, facts))).dossierId;

/** The version that a page's form carries. */
export const versionIn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
