import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Definition } from './definition.ts';

export interface PublishedProcess {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly name: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

const COLUMNS = `id, key, version, name, encode(checksum, 'hex') as checksum, valid_from as "validFrom", valid_to as "validTo"`;
const insert = statement(
  'workflow.insert_definition',
  `insert into workflow.definition (id, key, version, name, xml, checksum, content, valid_from, valid_to, published_at, published_by)
   select $1, $2, coalesce(max(version), 0) + 1, $3, $4, decode($5, 'hex'), $6, $7::date, $8::date, $9, $10 from workflow.definition where key = $2
   returning version`,
);
const content = statement('workflow.find_content', 'select content from workflow.definition where id = $1');
const file = statement('workflow.find_file', `select ${COLUMNS}, xml from workflow.definition where id = $1`);
const valid = statement(
  'workflow.find_valid_definition',
  `select ${COLUMNS} from workflow.definition where key = $1 and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
   order by version desc limit 1`,
);
const versions = statement(
  'workflow.list_versions',
  `select ${COLUMNS} from workflow.definition where key = $1 order by version desc limit 100`,
);

export async function insertDefinition(
  tx: Tx,
  made: Omit<PublishedProcess, 'version'> & { xml: string; content: Definition },
): Promise<number> {
  const [row] = await tx.run<{ version: number }>(insert, [
    made.id,
    made.key,
    made.name,
    made.xml,
    made.checksum,
    JSON.stringify(made.content),
    made.validFrom,
    made.validTo,
    tx.now,
    tx.actor.label,
  ]);
  return row!.version;
}

const KEPT = 500;
/** Never changed once published, so never asked for twice by a process. */
const kept = new Map<string, Definition>();

export async function contentOf(reader: Reader, id: string): Promise<Definition | undefined> {
  const known = kept.get(id);
  if (known) return known;
  const [row] = await reader.run<{ content: Definition }>(content, [id]);
  if (!row) return undefined;
  if (kept.size >= KEPT) kept.clear();
  kept.set(id, row.content);
  return row.content;
}

/** A published process with its file, as it came. */
export const findProcess = async (
  reader: Reader,
  id: string,
): Promise<(PublishedProcess & { xml: string }) | undefined> =>
  (await reader.run<PublishedProcess & { xml: string }>(file, [id]))[0];
/** The version of a process that begins on a day: the latest that is valid then. */
export const findValidProcess = async (
  reader: Reader,
  key: string,
  on: string,
): Promise<PublishedProcess | undefined> => (await reader.run<PublishedProcess>(valid, [key, on]))[0];
export const listVersions = (reader: Reader, key: string): Promise<PublishedProcess[]> =>
  reader.run<PublishedProcess>(versions, [key]);
