import { parseHours } from '../../../engines/calendar/local-time.ts';
import { setOpening } from '../../../engines/calendar/set-opening.ts';
import { substituteOfficer } from '../../../foundation/organisations/substitute-officer.ts';
import {
  anOfficial,
  insertTestOfficer,
  insertTestPost,
  insertTestUnit,
} from '../../../foundation/organisations/testing.ts';
import type { Tx } from '../../../platform/database.ts';
import { newId } from '../../../platform/ids.ts';
import { aDossier, insertDossier, insertPlace, insertReceivedDossier, type TestPlace } from '../testing.ts';

/* Communes with everything that hangs on a unit, for tests of what moves with units. */

/** A commune with a leader, a clerk who acts for the leader, an offer, office hours of its own and some dossiers. */
export interface Commune {
  unitId: string;
  clerk: { id: string };
  leader: { id: string };
  clerkPost: string;
  leaderPost: string;
  place: TestPlace;
}
let serial = 0;
/** A procedure that all communes of a test offer. */
export async function insertSharedProcedure(tx: Tx): Promise<TestPlace> {
  const place = await insertPlace(tx);
  await tx.raw(`update procedures.procedure_version set status = 'retired' where id = $1`, [place.procedureVersionId]); // its content is empty: no search document
  return place;
}

export async function insertCommune(tx: Tx, shared: TestPlace, dossiers: number): Promise<Commune> {
  const n = ++serial;
  const unitId = await insertTestUnit(tx, {
    nameVi: `Ủy ban nhân dân xã ${n}`,
    kind: 'commune',
    agencyCode: `H41.${500 + n}`,
    validFrom: '2015-01-01',
  });
  const clerkPost = await insertTestPost(tx, {
    unitId,
    permissions: ['dossiers.view', 'dossiers.receive'],
    validFrom: '2015-01-01',
  });
  const leaderPost = await insertTestPost(tx, {
    unitId,
    title: 'Chủ tịch',
    permissions: ['dossiers.view', 'dossiers.approve'],
    reach: 'unit-and-below',
    validFrom: '2015-01-01',
  });
  await tx.raw('update organisations.post set is_leader = true where id = $1', [leaderPost]);
  const clerk = await insertTestOfficer(tx, { name: `Lê Thị ${n}`, postIds: [clerkPost], validFrom: '2020-01-01' });
  const leader = await insertTestOfficer(tx, { name: `Trần Văn ${n}`, postIds: [leaderPost], validFrom: '2020-01-01' });
  await substituteOfficer(tx, anOfficial(), {
    postId: leaderPost,
    fromOfficerId: leader.id,
    toOfficerId: clerk.id,
    permissions: null,
    scopeNote: null,
    documentNumber: '1/UQ',
    validFrom: '2026-11-01',
    validTo: '2026-12-31',
  });
  await tx.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values ($1, $2, $3, $2, '2020-01-01', now())`,
    [newId(), unitId, shared.procedureId],
  );
  await setOpening(
    tx,
    { unitId, reason: 'Mở cửa thứ bảy' },
    { date: '2026-11-28', hours: parseHours('07:30-11:30'), reason: 'Thứ bảy', source: 'test' },
  );
  const place = { ...shared, receivingUnitId: unitId, competentUnitId: unitId };
  for (let i = 0; i < dossiers; i += 1) {
    const facts = { applicant: { ...aDossier(place).applicant, address: i % 2 ? 'Xóm Đông' : 'Xóm Tây' } };
    if (i % 3 === 0) await insertDossier(tx, place, facts);
    else {
      const { id } = await insertReceivedDossier(tx, place, facts);
      await tx.raw('update dossiers.dossier set assignee_post_id = $2 where id = $1', [id, clerkPost]);
      if (i % 3 === 2)
        await tx.raw(
          `update dossiers.dossier set state = 10, finished_at = now(), returned_at = now(), handling_unit_id = receiving_unit_id where id = $1`,
          [id],
        );
    }
  }
  return { unitId, clerk, leader, clerkPost, leaderPost, place };
}
