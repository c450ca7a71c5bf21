import { listFilesByOwner, removeFiles } from '../../foundation/files/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { descendantsOf, listChildren, namesOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { subscribe, type RecordedEvent } from '../../platform/events.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDateTime, formatMoney } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import {
  dossierAssigned,
  dossierCompleted,
  dossierExtended,
  dossierReceived,
  dossierRefused,
  dossierSentBack,
  dossierStopped,
  dossierWithdrawn,
  eachOfWorklist,
  feeRequested,
  getDossier,
  readDossierFile,
  resultReturned,
  submitterToTell,
  supplementAnswered,
  supplementRequested,
  type Dossier,
  type DossierFacts,
  type DossierFile,
} from '../dossiers/index.ts';
import { applicantMessages, dueSoonMessage, officialMessages, type ToldApplicants } from './desk-messages.ts';
import { holdersOfPosts } from './desk-lookups.ts';
import { deleteOldIntakes } from './desk-queries.ts';
import { intakeKeptDays, intakeOwner } from './take-in.ts';

/** Whoever submits without an account knows no in-app messages: they get what they gave at the counter. */
const addressesOf = (file: DossierFile) =>
  file.applicantAccountId !== null
    ? []
    : [
        ...(file.applicant.email ? [{ channel: 'email' as const, address: file.applicant.email }] : []),
        ...(file.applicant.phone ? [{ channel: 'sms' as const, address: file.applicant.phone }] : []),
      ];

/** What was asked for, or what came out, one per line. */
function listOf(event: string, file: DossierFile): string {
  if (event === supplementRequested.name) {
    const items = file.supplements.findLast((each) => each.cancelledAt === null)?.items ?? [];
    return items.map((item) => `- ${item.name}${item.what ? `: ${item.what}` : ''}`).join('\n');
  }
  if (event === feeRequested.name)
    return file.fees
      .filter((fee) => fee.paidAt === null)
      .map((fee) => `- ${fee.name}: ${formatMoney(fee.amountDong)}`)
      .join('\n');
  return file.results.map((result) => result.title).join(', ');
}

async function tellPerson(context: JobContext, event: RecordedEvent<DossierFacts>): Promise<void> {
  const { db, clock, requestId } = context;
  const template = applicantMessages[event.name as ToldApplicants];
  await inTransaction(db, { actor: systemActor('frontdesk.tell-applicant'), clock, requestId }, async (tx) => {
    const file = await readDossierFile(tx, await getDossier(tx, event.subject.id));
    const unitId = event.payload.receivingUnitId;
    const agency = (await namesOf(tx, [unitId], localDate(clock.now()))).get(unitId)?.nameVi ?? '';
    const values = {
      name: file.applicantName,
      code: event.payload.code ?? file.code ?? 'chưa có mã',
      procedure: event.payload.procedureName.vi,
      agency,
      handler: event.actor.label,
      at: formatDateTime(new Date(event.occurredAt)),
      due: event.payload.dueAt
        ? formatDateTime(new Date(event.payload.dueAt))
        : 'không có (thủ tục không quy định thời hạn)',
      reason: event.payload.remark ?? '',
      list: listOf(event.name, file),
    };
    await notify(tx, {
      recipient: file.applicantAccountId === null ? null : { kind: 'account', id: file.applicantAccountId },
      addresses: addressesOf(file),
      template,
      values,
      about: { kind: 'dossier', id: file.id },
      link: file.applicantAccountId === null ? null : paths.myDossier({ id: file.id }),
      unitId,
      onPaper: true,
      key: `frontdesk.applicant/${event.id}`,
    });
    const submitter = await submitterToTell(tx, file, clock.now());
    if (submitter !== null)
      await notify(tx, {
        recipient: { kind: 'account', id: submitter },
        template,
        values,
        about: { kind: 'dossier', id: file.id },
        link: paths.myDossier({ id: file.id }),
        key: `frontdesk.submitter/${event.id}`,
      });
  });
}

/** Tells applicants what happened to their dossier, in words, with agency, handler and times. */
export const tellApplicant = subscribe<DossierFacts>(
  'frontdesk.tell-applicant',
  [
    dossierReceived,
    dossierRefused,
    supplementRequested,
    feeRequested,
    dossierCompleted,
    resultReturned,
    dossierExtended,
    dossierStopped,
    dossierWithdrawn,
  ],
  tellPerson,
);

/** The officers who hold the post that a dossier is assigned to, at the unit whose turn it is or elsewhere. */
async function holdersOfPost(reader: Reader, dossier: Pick<Dossier, 'assigneePostId'>, now: Date): Promise<string[]> {
  if (dossier.assigneePostId === null) return [];
  return (await holdersOfPosts(reader, [dossier.assigneePostId], localDate(now))).map((member) => member.officerId);
}

/** Tells officials what has come to them; nobody is told what they did themselves. */
export const tellOfficial = subscribe<DossierFacts>(
  'frontdesk.tell-official',
  [dossierAssigned, supplementAnswered, dossierSentBack],
  async ({ db, clock, requestId }, event) => {
    const template = officialMessages[event.name as keyof typeof officialMessages];
    await inTransaction(db, { actor: systemActor('frontdesk.tell-official'), clock, requestId }, async (tx) => {
      const dossier = await getDossier(tx, event.subject.id);
      for (const officerId of await holdersOfPost(tx, dossier, clock.now())) {
        if (officerId === event.actor.id) continue;
        await notify(tx, {
          recipient: { kind: 'official', id: officerId },
          template,
          values: {
            code: event.payload.code ?? 'chưa có mã',
            procedure: event.payload.procedureName.vi,
            by: event.actor.label,
            due: event.payload.dueAt ? formatDateTime(new Date(event.payload.dueAt)) : '–',
            reason: event.payload.remark ?? '',
          },
          about: { kind: 'dossier', id: dossier.id },
          link: paths.dossier({ id: dossier.id }),
          unitId: event.payload.receivingUnitId,
          key: `frontdesk.official/${event.id}/${officerId}`,
        });
      }
    });
  },
);

/** The most dossiers that one morning's reminder looks at, per unit. */
const maxReminded = 2_000;
/** The most dossiers that a reminder names, the most urgent ones. */
const maxNamed = 8;
/** Officials told in one transaction. */
const toldAtOnce = 100;

async function remindAll({ db, clock, requestId }: JobContext): Promise<void> {
  const now = clock.now();
  const day = localDate(now);
  const roots = await listChildren(db.reader, null, day);
  const unitIds = await descendantsOf(
    db.reader,
    roots.map((unit) => unit.id),
    day,
  );
  // By post over all units: one person may work for several, and is told once.
  const byPost = new Map<string, { count: number; first: { code: string; due: Date }[] }>();
  for (const unitId of unitIds)
    for await (const row of eachOfWorklist(
      db.reader,
      { queue: 'due-soon', unitIds: [unitId] },
      { now, limit: maxReminded },
    )) {
      if (row.assigneePostId === null || row.dueAt === null) continue;
      const due = byPost.get(row.assigneePostId) ?? { count: 0, first: [] };
      due.count += 1;
      due.first = [...due.first, { code: row.code ?? '', due: row.dueAt }]
        .sort((a, b) => a.due.getTime() - b.due.getTime())
        .slice(0, maxNamed);
      byPost.set(row.assigneePostId, due);
    }
  const holders = await holdersOfPosts(db.reader, [...byPost.keys()], day);
  for (let from = 0; from < holders.length; from += toldAtOnce)
    await inTransaction(db, { actor: systemActor('frontdesk.remind'), clock, requestId }, async (tx) => {
      for (const { postId, officerId } of holders.slice(from, from + toldAtOnce)) {
        const due = byPost.get(postId);
        if (!due) continue;
        await notify(tx, {
          recipient: { kind: 'official', id: officerId },
          template: dueSoonMessage,
          values: {
            count: String(due.count),
            list: due.first.map((each) => `- ${each.code}: ${formatDateTime(each.due)}`).join('\n'),
          },
          link: paths.worklist({ hang: 'cua-toi' }),
          key: `frontdesk.due-soon/${day}/${postId}/${officerId}`,
        });
      }
    });
}

async function forgetIntakes({ db, clock, requestId }: JobContext): Promise<void> {
  const before = new Date(clock.now().getTime() - intakeKeptDays * 86_400_000);
  await inTransaction(db, { actor: systemActor('frontdesk.forget-intakes'), clock, requestId }, async (tx) => {
    for (const id of await deleteOldIntakes(tx, before)) {
      const files = await listFilesByOwner(tx, intakeOwner(id).kind, id);
      await removeFiles(
        tx,
        files.map((file) => file.id),
      );
    }
  });
}

/** Every working morning at seven (Viet Nam): who holds what is due within two days. At night: intakes that nobody finished. */
export const deskSchedules: readonly Schedule[] = [
  { name: 'frontdesk.remind', cron: '0 0 * * 1-5', run: remindAll },
  { name: 'frontdesk.forget-intakes', cron: '20 19 * * *', run: forgetIntakes },
];
