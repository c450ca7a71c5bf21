import { defineMessage, notify } from '../../../foundation/notifications/index.ts';
import { subscribe } from '../../../platform/events.ts';
import { claimEffect, type JobContext, type Schedule } from '../../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../../platform/transaction.ts';
import { formatDate } from '../../../ui/format.ts';
import { paths } from '../../../ui/paths.ts';
import { signatureConfirmed, signingKind, signingStarted, signingVoided } from '../form-events.ts';
import { getFormVersion } from '../publish-form.ts';
import { invitationToken } from './invitation-link.ts';
import { openSigningById, type OpenSigning, type SignerState } from './sign-form.ts';
import { takeDueReminders, voidExpiredSignings } from './signing-queries.ts';

const invitation = defineMessage<'form' | 'role' | 'link' | 'until'>('forms.invitation', {
  vi: {
    subject: 'Mời xác nhận tờ khai: {form}',
    body: 'Bạn được mời xác nhận tờ khai “{form}” với tư cách {role}. Mở liên kết, đăng nhập bằng tài khoản của bạn, xem nội dung rồi xác nhận trước hết ngày {until}: {link}\nHoặc mang căn cước tới bộ phận một cửa để xác nhận tại quầy.',
  },
  en: {
    subject: 'Please confirm: {form}',
    body: 'You are asked to confirm the form “{form}” as {role}. Open the link, sign in with your own account, read it and confirm by {until}: {link}\nOr bring your identity card to the one-stop counter.',
  },
});
const reminder = defineMessage<'form' | 'role' | 'link' | 'until'>('forms.invitation-reminder', {
  vi: {
    subject: 'Nhắc xác nhận tờ khai: {form}',
    body: 'Tờ khai “{form}” còn chờ bạn xác nhận với tư cách {role}, hạn đến hết ngày {until}: {link}',
  },
  en: {
    subject: 'Reminder to confirm: {form}',
    body: 'The form “{form}” still waits for you to confirm as {role}, by {until}: {link}',
  },
});
const confirmed = defineMessage<'form' | 'role' | 'left'>('forms.signer-confirmed', {
  vi: { subject: '{role} đã xác nhận tờ khai {form}', body: '{role} đã xác nhận tờ khai “{form}”. {left}' },
  en: { subject: '{role} confirmed the form {form}', body: '{role} confirmed the form “{form}”. {left}' },
});
const voided = defineMessage<'form'>('forms.signing-voided', {
  vi: {
    subject: 'Xác nhận của bạn không còn hiệu lực: {form}',
    body: 'Nội dung tờ khai “{form}” đã được sửa sau khi bạn xác nhận. Bạn sẽ được mời xác nhận nội dung mới.',
  },
  en: {
    subject: 'Your confirmation counts no more: {form}',
    body: 'The form “{form}” was changed after you confirmed it. You will be asked to confirm the new answers.',
  },
});

type Context = Pick<JobContext, 'db' | 'clock' | 'requestId' | 'config'>;

async function within<R>(context: Context, name: string, work: Parameters<typeof inTransaction<R>>[2]): Promise<R> {
  const { db, clock, requestId } = context;
  return inTransaction(db, { actor: systemActor(name), clock, requestId }, work);
}

const linkOf = (context: Context, signatureId: string): string =>
  context.config.publicUrl + paths.signingInvitation({ token: invitationToken(context.config.secret, signatureId) });

const addressesOf = (signer: SignerState) => (signer.needed.contact ? [signer.needed.contact] : []);

/** Invites everybody whose address the answers give. */
export const inviteSigners = subscribe('forms.invite-signers', [signingStarted], async (context, event) => {
  await within(context, 'forms.invite-signers', async (tx) => {
    const open = await openSigningById(tx, event.subject.id);
    if (!open || open.signing.state !== 'open') return;
    const { definition } = await getFormVersion(tx, open.signing.formVersionId);
    for (const signer of open.signers) {
      if (signer.confirmedAt) continue;
      await notify(tx, {
        addresses: addressesOf(signer),
        template: invitation,
        values: {
          form: definition.title.vi,
          role: signer.needed.title.vi,
          link: linkOf(context, signer.id),
          until: formatDate(open.signing.expiresAt),
        },
        key: `forms.invitation/${signer.id}`,
      });
    }
  });
});

/** Tells the applicant who confirmed, and the others when it counts no more. */
export const tellSigners = subscribe<object>(
  'forms.tell-signers',
  [signatureConfirmed, signingVoided] as never,
  async (context, event) => {
    await within(context, 'forms.tell-signers', async (tx) => {
      const open = await openSigningById(tx, event.subject.id);
      if (!open || !(await claimEffect(tx, `forms.tell-signers/${event.id}`))) return;
      const { definition } = await getFormVersion(tx, open.signing.formVersionId);
      const form = definition.title.vi;
      if (event.name === signingVoided.name) {
        for (const signer of open.signers.filter((each) => each.accountId !== null)) {
          await notify(tx, {
            recipient: { kind: 'account', id: signer.accountId! },
            template: voided,
            values: { form },
            about: { kind: signingKind, id: open.signing.id },
            key: `forms.voided/${signer.id}`,
          });
        }
        return;
      }
      const name = (event.payload as { signer: string }).signer;
      const signer = open.signers.find((each) => each.signer === name);
      if (!signer || open.signing.owner.kind === 'official') return;
      await notify(tx, {
        recipient: { kind: 'account', id: open.signing.owner.id },
        template: confirmed,
        values: { form, role: signer.needed.title.vi, left: leftWords(open) },
        about: { kind: signingKind, id: open.signing.id },
        key: `forms.confirmed/${signer.id}`,
      });
    });
  },
);

function leftWords({ signers }: OpenSigning): string {
  const waiting = signers.filter((each) => each.confirmedAt === null);
  if (waiting.length === 0) return 'Mọi người đã xác nhận, bạn có thể gửi hồ sơ.';
  return `Còn chờ: ${waiting.map((each) => each.needed.title.vi).join(', ')}.`;
}

/** Days of waiting after which somebody is reminded, and again after as many. */
const reminderDays = 3;

/** Reminds whoever has not confirmed; ends what has run out. Returns how many reminders. */
export async function remindSigners(context: Context): Promise<number> {
  return within(context, 'forms.remind-signers', async (tx) => {
    await voidExpiredSignings(tx, 500);
    const due = await takeDueReminders(tx, new Date(tx.now.getTime() - reminderDays * 86_400_000), 200);
    for (const each of due) {
      const open = await openSigningById(tx, each.signingId);
      const signer = open?.signers.find((one) => one.id === each.id);
      if (!open || !signer) continue;
      const { definition } = await getFormVersion(tx, open.signing.formVersionId);
      await notify(tx, {
        addresses: addressesOf(signer),
        template: reminder,
        values: {
          form: definition.title.vi,
          role: signer.needed.title.vi,
          link: linkOf(context, signer.id),
          until: formatDate(open.signing.expiresAt),
        },
        key: `forms.reminder/${signer.id}/${tx.now.toISOString().slice(0, 10)}`,
      });
    }
    return due.length;
  });
}

/** Every morning at 08:10 in Viet Nam: people read messages by day. */
export const remindSignersDaily: Schedule = {
  name: 'forms.remind-signers',
  cron: '10 1 * * *',
  run: async (context) => {
    const total = await remindSigners(context);
    if (total > 0) context.log.info({ total }, 'signers reminded');
  },
};
