import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { ChannelTexts, TextChannel } from './channel-text.ts';

export type VersionState = 'draft' | 'published' | 'retired';
export interface TemplateVersion {
  id: string;
  template: string;
  channel: TextChannel;
  unitId: string | null;
  number: number;
  state: VersionState;
  texts: ChannelTexts;
  note: string;
  madeAt: Date;
  madeBy: string;
  publishedAt: Date | null;
}

const NO_UNIT = '00000000-0000-0000-0000-000000000000';
const COLUMNS = `id, template, channel, unit_id as "unitId", number, state, texts, note, made_at as "madeAt", made_by as "madeBy", published_at as "publishedAt"`;
const published = statement(
  'notifications.list_published',
  `select template, channel, unit_id as "unitId", texts from notifications.template_version where template = any($1) and state = 'published'`,
);
const allPublished = statement(
  'notifications.list_all_published',
  `select ${COLUMNS} from notifications.template_version where state in ('published', 'draft') order by template, channel, number desc limit 5000`,
);
const versions = statement(
  'notifications.list_versions',
  `select ${COLUMNS} from notifications.template_version
   where template = $1 and channel = $2 and coalesce(unit_id, '${NO_UNIT}') = coalesce($3::uuid, '${NO_UNIT}') order by number desc limit 200`,
);
const insert = statement(
  'notifications.insert_version',
  `insert into notifications.template_version (id, template, channel, unit_id, number, state, texts, note, made_at, made_by)
   select $1, $2, $3, $4::uuid, coalesce(max(number), 0) + 1, 'draft', $5::jsonb, $6, $7, $8 from notifications.template_version
   where template = $2 and channel = $3 and coalesce(unit_id, '${NO_UNIT}') = coalesce($4::uuid, '${NO_UNIT}')
   returning ${COLUMNS}`,
);
const retire = statement(
  'notifications.retire_published',
  `update notifications.template_version set state = 'retired'
   where template = $1 and channel = $2 and coalesce(unit_id, '${NO_UNIT}') = coalesce($3::uuid, '${NO_UNIT}') and state = 'published' returning number`,
);
const publishVersion = statement(
  'notifications.publish_version',
  `update notifications.template_version set state = 'published', published_at = $2 where id = $1 and state <> 'published' returning ${COLUMNS}`,
);
const findVersionById = statement(
  'notifications.find_version',
  `select ${COLUMNS} from notifications.template_version where id = $1`,
);

/** What is in force for the messages, in every channel and unit: a few rows, mostly none. */
export const listPublished = (
  reader: Reader,
  keys: readonly string[],
): Promise<Pick<TemplateVersion, 'template' | 'channel' | 'unitId' | 'texts'>[]> => reader.run(published, [keys]);
export const listEdited = (reader: Reader): Promise<TemplateVersion[]> => reader.run<TemplateVersion>(allPublished);
/** The versions of one text, the newest first. */
export const listVersions = (
  reader: Reader,
  place: { template: string; channel: TextChannel; unitId: string | null },
): Promise<TemplateVersion[]> => reader.run<TemplateVersion>(versions, [place.template, place.channel, place.unitId]);
export async function findVersion(reader: Reader, id: string): Promise<TemplateVersion | undefined> {
  return (await reader.run<TemplateVersion>(findVersionById, [id]))[0];
}
export async function insertVersion(
  tx: Tx,
  version: Pick<TemplateVersion, 'id' | 'template' | 'channel' | 'unitId' | 'texts' | 'note'>,
): Promise<TemplateVersion> {
  const { id, template, channel, unitId, texts, note } = version;
  const values = [id, template, channel, unitId, JSON.stringify(texts), note, tx.now, tx.actor.label];
  return (await tx.run<TemplateVersion>(insert, values))[0] as TemplateVersion;
}
/** Takes the published version of a place out of force. Returns whether there was one. */
export async function retirePublished(
  tx: Tx,
  place: { template: string; channel: TextChannel; unitId: string | null },
): Promise<boolean> {
  return (await tx.run(retire, [place.template, place.channel, place.unitId])).length > 0;
}
export async function publishVersionById(tx: Tx, id: string): Promise<TemplateVersion | undefined> {
  return (await tx.run<TemplateVersion>(publishVersion, [id, tx.now]))[0];
}
