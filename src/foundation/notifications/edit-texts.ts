import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { faultsOf, type ChannelTexts, type TextChannel } from './channel-text.ts';
import { findMessage, type MessageTemplate } from './message-template.ts';
import { templatePublished, templateSaved, templateWithdrawn } from './notification-events.ts';
import { editMessageTexts } from './notification-permissions.ts';
import { messageMissing } from './notification-problems.ts';
import {
  findVersion,
  insertVersion,
  publishVersionById,
  retirePublished,
  type TemplateVersion,
} from './template-queries.ts';

/** Which text: of a message, in a channel, for a unit and those below it (null: for the province). */
export interface TextPlace {
  template: string;
  channel: TextChannel;
  unitId: string | null;
}

/** The right over a unit's texts; those of the province need it everywhere. */
export const demandTexts = (actor: Actor, unitId: string | null): void =>
  unitId === null && actor.grants.get(editMessageTexts.name) === 'all'
    ? undefined
    : demand(actor, editMessageTexts, { unitId });

function messageOf(place: TextPlace): MessageTemplate<string> {
  const template = findMessage(place.template);
  if (!template) throw problem(messageMissing);
  return template;
}

/** Keeps a new draft version. Texts with faults are refused by the page before; here they throw. @throws messageMissing */
export async function saveTexts(
  tx: Tx,
  actor: Actor,
  input: TextPlace & { texts: ChannelTexts; note: string },
): Promise<TemplateVersion> {
  demandTexts(actor, input.unitId);
  if (Object.keys(faultsOf(messageOf(input), input.channel, input.texts)).length > 0) throw problem(messageMissing);
  const version = await insertVersion(tx, { id: newId(), ...input });
  publish(tx, templateSaved, aboutOf(version));
  return version;
}

/** Puts a version into force; the one before is kept. An old version put into force again is a restoration. @throws messageMissing */
export async function publishTexts(tx: Tx, actor: Actor, id: string): Promise<TemplateVersion> {
  const version = await findVersion(tx, id);
  if (!version) throw problem(messageMissing);
  demandTexts(actor, version.unitId);
  if (Object.keys(faultsOf(messageOf(version), version.channel, version.texts)).length > 0)
    throw problem(messageMissing);
  await retirePublished(tx, version);
  const published = await publishVersionById(tx, id);
  if (!published) throw problem(messageMissing);
  publish(tx, templatePublished, aboutOf(published));
  return published;
}

/** Takes a place's text out of force: the text of the unit above, of the province, or the shipped one counts again. */
export async function withdrawTexts(tx: Tx, actor: Actor, place: TextPlace): Promise<void> {
  demandTexts(actor, place.unitId);
  messageOf(place);
  if (!(await retirePublished(tx, place))) return;
  publish(tx, templateWithdrawn, {
    subject: { kind: 'message-text', id: `${place.template}/${place.channel}` },
    unitId: place.unitId,
    payload: { template: place.template, channel: place.channel },
  });
}

const aboutOf = ({ template, channel, unitId, number }: TemplateVersion) => ({
  subject: { kind: 'message-text', id: `${template}/${channel}` },
  unitId,
  payload: { template, channel, number },
});
