import type { JobContext } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { findChoice } from './addressee-queries.ts';
import { defineMessage } from './message-template.ts';
import { listGatherers, takeGathered } from './digest-queries.ts';
import { insertMessages } from './notification-queries.ts';
import { newId } from '../../platform/ids.ts';
import { wakeSenders } from './wake-senders.ts';
import { textsFor } from './texts-for.ts';
import { fillText, oneLine } from './message-template.ts';
import { paths } from '../../ui/paths.ts';

const digestMessage = defineMessage<'count' | 'list'>(
  'notifications.digest',
  {
    vi: { subject: '{count} thông báo mới từ cổng dịch vụ công', body: 'Bạn có {count} thông báo mới:\n\n{list}' },
    en: { subject: '{count} new notifications from the portal', body: 'You have {count} new notifications:\n\n{list}' },
  },
  { kind: 'reminder', required: ['list'] },
);

const PEOPLE_AT_ONCE = 200;
/** Messages that a digest names in full; the others are counted. */
const MAX_NAMED = 30;
const MONDAY = 1;

/** Sends everybody's gathered e-mails as one: every morning, or on Mondays. A person a transaction; done again it finds nothing left. */
export async function sendDigests({ db, clock, requestId }: JobContext): Promise<void> {
  const weekday = new Date(clock.now().getTime() + 7 * 3_600_000).getUTCDay();
  let after = '';
  for (;;) {
    const people = await listGatherers(db.reader, after, PEOPLE_AT_ONCE);
    for (const person of people) {
      after = `${person.kind}/${person.id}`;
      const choice = await findChoice(db.reader, person.kind, person.id);
      if (choice?.digest === 'weekly' && weekday !== MONDAY) continue;
      await inTransaction(db, { actor: systemActor('notifications'), clock, requestId }, async (tx) => {
        const gathered = await takeGathered(tx, person.kind, person.id);
        const first = gathered[0];
        if (!first) return;
        const locale = choice?.language ?? 'vi';
        const more = gathered.length - MAX_NAMED;
        const list = gathered.slice(0, MAX_NAMED).map(({ subject, body }) => `* ${subject}\n${body}`);
        if (more > 0) list.push(locale === 'en' ? `and ${more} more` : `và ${more} thông báo khác`);
        const texts = (await textsFor(tx, [{ template: digestMessage }]))(digestMessage, 'email', null);
        if (!texts) return;
        const body = fillText(texts[locale].body.replace('{list}', '\u0000'), {
          count: String(gathered.length),
        }).replace('\u0000', () => list.join('\n\n'));
        await insertMessages(tx, [
          {
            id: newId(),
            effectKey: `notifications.digest/${first.id}`,
            recipientKind: person.kind,
            recipientId: person.id,
            channel: 'email',
            address: first.address,
            locale,
            template: digestMessage.key,
            kind: digestMessage.kind,
            subject: oneLine(fillText(texts[locale].subject, { count: String(gathered.length) })),
            body,
            extra: null,
            link: person.kind === 'official' ? paths.workspaceNotifications() : paths.notifications(),
            subjectKind: null,
            subjectId: null,
            unitId: null,
            isSensitive: false,
            isUrgent: false,
            mode: 'live',
            state: 'queued',
            nextAttemptAt: tx.now,
          },
        ]);
        wakeSenders(tx, [{ channel: 'email', nextAttemptAt: null }]);
      });
    }
    if (people.length < PEOPLE_AT_ONCE) return;
  }
}
