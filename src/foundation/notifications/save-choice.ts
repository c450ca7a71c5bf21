import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { findChoice, saveChoice as writeChoice } from './addressee-queries.ts';
import { chosenChannels, isChannelOn, shippedChoice, type Choice, type DigestRhythm } from './choice.ts';
import { kindOf, messageKindNames } from './message-kind.ts';
import { choiceSaved } from './notification-events.ts';

/**
 * Reads the form of choices: what was chosen, or what is wrong by field. Boxes are named `<kind>` with the channels that are on; `kenh` names the channels
 * that the page offered, so that a channel the person does not have yet stays as it was.
 */
export function readChoice(
  form: URLSearchParams,
  kept: Choice | null,
): {
  choice: Choice;
  errors: Record<string, 'time' | 'pair' | 'same'>;
} {
  const time = (name: string): string | null => (form.get(name) ?? '').trim().slice(0, 5) || null;
  const [quietFrom, quietUntil] = form.get('yen-tinh') === 'co' ? [time('tu'), time('den')] : [null, null];
  const errors: Record<string, 'time' | 'pair' | 'same'> = {};
  const isTime = (text: string | null) => text !== null && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  if (form.get('yen-tinh') === 'co') {
    if (!isTime(quietFrom)) errors['tu'] = 'time';
    if (!isTime(quietUntil)) errors['den'] = 'time';
    if (isTime(quietFrom) && quietFrom === quietUntil) errors['den'] = 'same';
  }
  const digest = form.get('gop-thu');
  const offered = new Set(form.has('kenh') ? form.getAll('kenh') : chosenChannels);
  const muted = Object.fromEntries(
    messageKindNames.map((kind) => {
      const on = new Set(form.getAll(kind));
      return [
        kind,
        chosenChannels.filter((channel) =>
          offered.has(channel)
            ? !on.has(channel) && !(channel === 'in-app' && kindOf(kind).isMandatory)
            : !isChannelOn(kept ?? shippedChoice, kind, channel),
        ),
      ];
    }),
  );
  return {
    choice: {
      language: form.get('ngon-ngu') === 'en' ? 'en' : 'vi',
      quietFrom,
      quietUntil,
      digest: (['daily', 'weekly'].includes(digest ?? '') ? digest : 'off') as DigestRhythm,
      muted,
    },
    errors,
  };
}

/** Keeps how a person wants to be told. */
export async function saveChoice(
  tx: Tx,
  recipient: { kind: string; id: string },
  choice: Choice,
  by: 'page' | 'link' = 'page',
): Promise<void> {
  await writeChoice(tx, recipient.kind, recipient.id, choice);
  publish(tx, choiceSaved, { subject: { kind: recipient.kind, id: recipient.id }, payload: { by } });
}

/** Switches one channel off for one kind, by the link in a mail. False when the law keeps it on. */
export async function muteChannel(
  tx: Tx,
  about: { recipientKind: string; recipientId: string; kind: string; channel: string },
): Promise<boolean> {
  if (kindOf(about.kind).isMandatory) return false;
  const choice = (await findChoice(tx, about.recipientKind, about.recipientId)) ?? shippedChoice;
  const off = choice.muted[about.kind] ?? ['chat'];
  const muted = { ...choice.muted, [about.kind]: [...new Set([...off, about.channel])] };
  await saveChoice(tx, { kind: about.recipientKind, id: about.recipientId }, { ...choice, muted }, 'link');
  return true;
}
