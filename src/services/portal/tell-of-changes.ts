import { defineMessage, notifyMany } from '../../foundation/notifications/index.ts';
import { search } from '../../foundation/search/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { subscribe } from '../../platform/events.ts';
import { claimEffect, defineJob, enqueue, type JobContext, type JobType } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import {
  findProcedure,
  listProcedures,
  procedureDocumentKind,
  procedurePublished,
  procedureRetired,
} from '../procedures/index.ts';
import { listQuestionsAfter, listSavers, type Question } from './saved-search-queries.ts';

const message = defineMessage<'procedure' | 'search'>(
  'portal.saved-search-changed',
  {
    vi: {
      subject: 'Thủ tục “{procedure}” có thay đổi',
      body: 'Thủ tục “{procedure}”, có trong tìm kiếm “{search}” bạn đã lưu, vừa được công bố bản mới hoặc bãi bỏ. Mở trang thủ tục để xem.',
    },
    en: {
      subject: 'The procedure “{procedure}” has changed',
      body: 'The procedure “{procedure}”, which is in your saved search “{search}”, was published anew or retired. Open its page to see.',
    },
  },
  { kind: 'reminder' },
);

const QUESTIONS = 20;
const SAVERS = 500;

interface Told {
  /** Id of the event: whoever was told of it is not told again. */
  eventId: number;
  code: string;
  after: { place: string; query: string; locale: string };
}

/** A procedure that was published or retired is looked for in every saved search whose owner wants to hear of it. */
export const tellOfChanges = subscribe<{ code: string }>(
  'portal.tell-of-changes',
  [procedurePublished, procedureRetired] as never,
  async ({ db, clock, requestId }, event) => {
    await inTransaction(db, { actor: systemActor('portal.tell-of-changes'), clock, requestId }, async (tx) => {
      if (!(await claimEffect(tx, `portal.tell-of-changes/${event.id}`))) return;
      const after = { place: '', query: '', locale: '' };
      enqueue(tx, tellSavers, { eventId: event.id, code: event.payload.code, after });
    });
  },
);

/** Asks a few questions, tells those who keep them, and goes on with the rest in a job of its own. Doing it again tells nobody twice. */
export const tellSavers: JobType<Told> = defineJob<Told>('portal.tell-savers', {
  async run(context, told) {
    const { db, clock, requestId } = context;
    const questions = await listQuestionsAfter(db.reader, told.after, QUESTIONS);
    const procedure = await findProcedure(db.reader, told.code, localDate(clock.now()));
    if (!procedure) return; // retired from today on: those who keep it have been told when that was published
    for (const question of questions)
      if (await isIn(db.reader, question, told.code, clock.now()))
        await tell(context, question, told, procedure.name.vi);
    const last = questions.at(-1);
    if (questions.length < QUESTIONS || !last) return;
    await inTransaction(db, { actor: systemActor('portal.tell-savers'), clock, requestId }, async (tx) =>
      enqueue(tx, tellSavers, { ...told, after: { place: last.place, query: last.query, locale: last.locale } }),
    );
  },
});

/** Whether a question finds a procedure among its first hundred answers. */
async function isIn(reader: Reader, { place, query, locale }: Question, code: string, now: Date): Promise<boolean> {
  const asked = new URLSearchParams(query);
  const facet = (name: string, key: string) => (asked.has(key) ? [`${name}:${asked.get(key)}`] : []);
  if (place === 'search') {
    const facets = [...facet('field', 'linh-vuc'), ...facet('level', 'cap'), ...facet('audience', 'doi-tuong')];
    if (asked.get('cach-nop') === 'online') facets.push('online');
    const kinds = [procedureDocumentKind];
    const { hits } = await search(reader, { query: asked.get('q') ?? '', kinds, facets, limit: 50, locale });
    return hits.some((hit) => hit.refId === code);
  }
  const filter = {
    onDate: localDate(now),
    field: asked.get('linh-vuc'),
    level: asked.get('cap'),
    audience: asked.get('doi-tuong'),
    unitId: asked.get('co-quan'),
    offeredOnly: true,
  };
  let after: string | null = null;
  for (let round = 0; round < 50; round += 1) {
    const list: Awaited<ReturnType<typeof listProcedures>> = await listProcedures(reader, filter, {
      after,
      limit: 200,
    });
    if (list.rows.some((row) => row.code === code)) return true;
    after = list.next;
    if (after === null) return false;
  }
  return false;
}

async function tell(context: JobContext, question: Question, told: Told, procedure: string): Promise<void> {
  const { db, clock, requestId } = context;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const some = await listSavers(db.reader, question, after, SAVERS);
    await inTransaction(db, { actor: systemActor('portal.tell-savers'), clock, requestId }, async (tx) =>
      notifyMany(
        tx,
        some.map((saved) => ({
          recipient: { kind: 'account', id: saved.accountId },
          template: message,
          values: { procedure, search: saved.name },
          locale: saved.locale,
          about: { kind: 'saved-search', id: saved.id },
          link: paths.procedure({ code: told.code }),
          // One message for an event, also to somebody who keeps it in two searches.
          key: `portal.saved-search-changed/${told.eventId}/${saved.accountId}`,
        })),
      ),
    );
    if (some.length < SAVERS) return;
    after = some.at(-1)!.id;
  }
}
