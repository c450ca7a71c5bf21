import { can, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { forbidden, problem } from '../../platform/problems.ts';
import { demandPostHandout } from './hand-out-rights.ts';
import { findImport, finishImport, insertImport, knownEmails } from './import-queries.ts';
import { checkRows, readSheet, type ImportContext, type ImportRow } from './officer-import.ts';
import { insertAppointments, insertOfficers, listOfficersByStaffCode } from './officer-queries.ts';
import { officersImported } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { importDone, importMissing } from './organisation-problems.ts';
import { listPostsByIds, listPostsOfUnits } from './post-queries.ts';
import { descendantsOf, findByAgencyCode } from './unit-queries.ts';
import { withoutMarks } from './territory.ts';

const folded = (text: string): string => withoutMarks(text).toLowerCase().replaceAll(/\s+/g, ' ').trim();

async function contextOf(
  reader: Reader,
  actor: Actor,
  rows: readonly { fields: URLSearchParams }[],
  on: string,
): Promise<ImportContext> {
  const values = (name: string) =>
    [...new Set(rows.map(({ fields }) => fields.get(name) ?? ''))].filter((value) => value !== '');
  const unitIds = new Map<string, string>();
  const posts = new Map<string, string>();
  for (const code of values('unitCode')
    .map((each) => each.toUpperCase())
    .slice(0, 500)) {
    const unit = await findByAgencyCode(reader, code, on);
    if (!unit) continue;
    unitIds.set(code, unit.id);
    const found = await listPostsOfUnits(reader, await descendantsOf(reader, [unit.id], on), on);
    // A post of the unit itself goes before one of the same title further down.
    for (const post of found.toSorted((a, b) => Number(b.unitId === unit.id) - Number(a.unitId === unit.id))) {
      const key = `${unit.id} ${folded(post.titleVi)}`;
      if (!posts.has(key)) posts.set(key, post.id);
    }
  }
  const codes = values('staffCode').map((code) => code.toUpperCase());
  const known = await listOfficersByStaffCode(reader, codes);
  return {
    unitIdOf: (code) => unitIds.get(code),
    mayManage: (unitId) => can(actor, manageOrganisations, { unitId }),
    postIdOf: (unitId, title) => posts.get(`${unitId} ${folded(title)}`),
    staffCodes: new Set(known.map((officer) => officer.staffCode)),
    emails: await knownEmails(
      reader,
      values('email').map((email) => email.toLowerCase()),
    ),
  };
}

/**
 * Judges an uploaded sheet row by row and keeps the report; nothing else is written yet. Null when the headings are not those of the
 * template. Returns the id of the report.
 */
export async function checkImport(
  tx: Tx,
  actor: Actor,
  file: { name: string; cells: readonly (readonly unknown[])[] },
): Promise<string | null> {
  const sheet = readSheet(file.cells);
  if (!sheet) return null;
  const rows = checkRows(sheet, await contextOf(tx, actor, sheet, localDate(tx.now)));
  const id = newId();
  const validCount = rows.filter((row) => row.faults.length === 0).length;
  await insertImport(tx, {
    id,
    fileName: file.name.slice(0, 255),
    rows,
    validCount,
    invalidCount: rows.length - validCount,
    createdBy: actor.id ?? '',
  });
  return id;
}

/**
 * Takes on the officers of all rows without a fault, all or none. What changed since the check (a code taken in between, a post outside
 * the actor's reach) stops it with that problem. Applied once only.
 * @throws Problem `import-missing` (also for somebody else's), `import-done`, `forbidden`, `staff-code-taken`, `officer-email-taken`
 */
export async function applyImport(tx: Tx, actor: Actor, importId: string): Promise<number> {
  const report = await findImport(tx, importId);
  if (!report || report.createdBy !== actor.id) throw problem(importMissing);
  if (!(await finishImport(tx, importId, 'applied'))) throw problem(importDone);
  const valid = report.rows.filter(
    (row): row is ImportRow & { postId: string } => row.faults.length === 0 && row.postId !== null,
  );
  const posts = await listPostsByIds(tx, [...new Set(valid.map((row) => row.postId))]);
  if (!posts.every((post) => can(actor, manageOrganisations, { unitId: post.unitId }))) throw problem(forbidden);
  await demandPostHandout(
    tx,
    actor,
    posts.map((post) => post.id),
  );
  const officers = valid.map((row) => ({ ...row, id: newId() }));
  await insertOfficers(tx, officers, false);
  await insertAppointments(
    tx,
    officers.map((row) => ({
      officerId: row.id,
      postId: row.postId,
      isPrimary: true,
      decisionNumber: null,
      validFrom: row.validFrom,
      validTo: null,
    })),
  );
  publish(tx, officersImported, {
    subject: { kind: 'officer-import', id: importId },
    payload: { importId, officers: officers.length, appointments: officers.length },
  });
  return officers.length;
}
