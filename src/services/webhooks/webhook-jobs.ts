import { holdersOf, listChildren } from '../../foundation/organisations/index.ts';
import { appsManage, appsRequest } from '../../foundation/identity/index.ts';
import { defineMessage, notify } from '../../foundation/notifications/index.ts';
import { localDate } from '../../platform/clock.ts';
import { subscribe } from '../../platform/events.ts';
import type { Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import { wake } from './manage-webhook.ts';
import { listOverdueLanes, sweepMessages } from './message-queries.ts';
import { webhookDisabled } from './webhook-events.ts';

/** Lanes whose job was lost start again, and what is long settled goes: delivered after 30 days, dead after 90. */
export const sweepWebhooks: Schedule = {
  name: 'webhooks.sweep',
  cron: '*/5 * * * *',
  async run({ db, clock, requestId }) {
    const before = new Date(clock.now().getTime() - 60_000);
    const lanes = await listOverdueLanes(db.reader, before);
    await inTransaction(db, { actor: systemActor('webhooks'), clock, requestId }, async (tx) => {
      for (const { subscriptionId, lane } of lanes) wake(tx, subscriptionId, [lane]);
      await sweepMessages(tx);
    });
  },
};

const disabledMessage = defineMessage<'host'>('webhooks.disabled', {
  vi: {
    subject: 'Đã tắt việc gửi thông báo tới {host}',
    body: 'Hệ thống không gửi được thông báo tới {host} trong nhiều ngày nên đã tắt đăng ký. Hãy kiểm tra phần mềm nhận, rồi mở trang của đăng ký để bật lại và gửi lại những thông báo còn thiếu.',
  },
  en: {
    subject: 'Messages to {host} were switched off',
    body: 'Messages to {host} could not be delivered for days, so the webhook was switched off. See to the receiver, then open its page to take it up again and to send what is missing.',
  },
});

/** Tells the province's and the agency's administrators of applications that a webhook was switched off. */
export const tellOfDisabled = subscribe('webhooks.tell-of-disabled', [webhookDisabled], async (context, event) => {
  const { db, clock, requestId } = context;
  const today = localDate(clock.now());
  const roots = await listChildren(db.reader, null, today);
  const holders = [
    ...(await Promise.all(roots.map((unit) => holdersOf(db.reader, appsManage.name, unit.id, today)))).flat(),
    ...(event.unitId ? await holdersOf(db.reader, appsRequest.name, event.unitId, today) : []),
  ];
  await inTransaction(db, { actor: systemActor('webhooks'), clock, requestId }, async (tx) => {
    for (const officerId of new Set(holders.map((holder) => holder.officerId)))
      await notify(tx, {
        recipient: { kind: 'official', id: officerId },
        template: disabledMessage,
        values: { host: event.payload.host },
        about: event.subject,
        link: paths.adminWebhook({ id: event.subject.id }),
        key: `webhooks.disabled/${event.id}/${officerId}`,
      });
  });
});
