import { statement, type Reader, type Tx } from '../../platform/database.ts';

const POST = `p.id, p.key, p.unit_id as "unitId", p.title_vi as "titleVi", p.title_en as "titleEn", p.is_leader as "isLeader",
  p.sort_order as "sortOrder", p.is_example as "isExample", p.valid_from as "validFrom", p.valid_to as "validTo", p.version`;
const SUBSTITUTION = `s.id, s.post_id as "postId", s.from_officer_id as "fromOfficerId", s.to_officer_id as "toOfficerId", s.permissions,
  s.scope_note as "scopeNote", s.document_number as "documentNumber", s.valid_from as "validFrom", s.valid_to as "validTo", s.revoked_on as "revokedOn"`;

const one = statement('organisations.find_post', `select ${POST} from organisations.post p where p.id = $1`);
const many = statement(
  'organisations.list_posts_by_ids',
  `select ${POST} from organisations.post p where p.id = any($1)`,
);
const ofUnit = statement(
  'organisations.list_posts_of_unit',
  `select ${POST} from organisations.post p where p.unit_id = $1 and (p.valid_to is null or p.valid_to >= $2)
   order by p.is_leader desc, p.sort_order, p.title_vi collate "vi-x-icu", p.id`,
);
const ofUnits = statement(
  'organisations.list_posts_of_units',
  `select ${POST} from organisations.post p where p.unit_id = any($1) and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2)`,
);
const insert = statement(
  'organisations.insert_post',
  `insert into organisations.post (id, key, unit_id, title_vi, title_en, is_leader, sort_order, is_example, valid_from, valid_to, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const update = statement(
  'organisations.update_post',
  `update organisations.post set title_vi = $3, title_en = $4, is_leader = $5, sort_order = $6, valid_to = $7, version = version + 1
   where id = $1 and version = $2 returning version`,
);
const holders = statement(
  'organisations.count_holders_after',
  'select count(*)::int as n from organisations.appointment where post_id = $1 and (valid_to is null or valid_to > $2)',
);
const insertSubstitution_ = statement(
  'organisations.insert_substitution',
  `insert into organisations.substitution (id, post_id, from_officer_id, to_officer_id, permissions, scope_note, document_number, valid_from, valid_to, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const revoke = statement(
  'organisations.revoke_substitution',
  'update organisations.substitution set revoked_on = $2 where id = $1 and revoked_on is null returning post_id as "postId"',
);
const oneSubstitution = statement(
  'organisations.find_substitution',
  `select ${SUBSTITUTION} from organisations.substitution s where s.id = $1`,
);
const substitutionsOf_ = statement(
  'organisations.list_substitutions_of_officer',
  `select ${SUBSTITUTION} from organisations.substitution s where s.from_officer_id = $1 or s.to_officer_id = $1 order by s.valid_from desc, s.id`,
);
const actedFor = statement(
  'organisations.list_acted_posts',
  `select ${SUBSTITUTION} from organisations.substitution s
   where s.to_officer_id = $1 and s.valid_from <= $2 and s.valid_to >= $2 and (s.revoked_on is null or s.revoked_on > $2) order by s.valid_from, s.id`,
);

export interface Post {
  id: string;
  key: string | null;
  unitId: string;
  titleVi: string;
  titleEn: string;
  isLeader: boolean;
  sortOrder: number;
  isExample: boolean;
  validFrom: string;
  validTo: string | null;
  version: number;
}

/** A post acted at for somebody else. No `permissions` means all of the post's. */
export interface Substitution {
  id: string;
  postId: string;
  fromOfficerId: string;
  toOfficerId: string;
  permissions: string[] | null;
  scopeNote: string | null;
  documentNumber: string;
  validFrom: string;
  validTo: string;
  revokedOn: string | null;
}

/** The post, or undefined. */
export const findPost = async (reader: Reader, id: string): Promise<Post | undefined> =>
  (await reader.run<Post>(one, [id]))[0];
/** Posts by id, in no order. */
export const listPostsByIds = (reader: Reader, postIds: readonly string[]): Promise<Post[]> =>
  reader.run<Post>(many, [postIds]);
/** Posts of a unit that have not ended before the day, leaders first. */
export const listPosts = (reader: Reader, unitId: string, on: string): Promise<Post[]> =>
  reader.run<Post>(ofUnit, [unitId, on]);
/** Posts of several units in force on a day. */
export const listPostsOfUnits = (reader: Reader, unitIds: readonly string[], on: string): Promise<Post[]> =>
  reader.run<Post>(ofUnits, [unitIds, on]);
/** What an officer may act at for others on a day. */
export const actedPosts = (reader: Reader, officerId: string, on: string): Promise<Substitution[]> =>
  reader.run<Substitution>(actedFor, [officerId, on]);
/** Substitutions given and received, the newest first. */
export const listSubstitutions = (reader: Reader, officerId: string): Promise<Substitution[]> =>
  reader.run<Substitution>(substitutionsOf_, [officerId]);
export const findSubstitution = async (reader: Reader, id: string): Promise<Substitution | undefined> =>
  (await reader.run<Substitution>(oneSubstitution, [id]))[0];

export const insertPost = (tx: Tx, p: Omit<Post, 'version'>) =>
  tx.run(insert, [
    p.id,
    p.key,
    p.unitId,
    p.titleVi,
    p.titleEn,
    p.isLeader,
    p.sortOrder,
    p.isExample,
    p.validFrom,
    p.validTo,
    tx.now,
  ]);
export const updatePost = async (
  tx: Tx,
  p: Pick<Post, 'id' | 'version' | 'titleVi' | 'titleEn' | 'isLeader' | 'sortOrder' | 'validTo'>,
): Promise<boolean> =>
  (await tx.run(update, [p.id, p.version, p.titleVi, p.titleEn, p.isLeader, p.sortOrder, p.validTo])).length === 1;
export const countHoldersAfter = async (reader: Reader, postId: string, day: string): Promise<number> =>
  (await reader.run<{ n: number }>(holders, [postId, day]))[0]?.n ?? 0;
export const insertSubstitution = (tx: Tx, s: Omit<Substitution, 'revokedOn'>) =>
  tx.run(insertSubstitution_, [
    s.id,
    s.postId,
    s.fromOfficerId,
    s.toOfficerId,
    s.permissions,
    s.scopeNote,
    s.documentNumber,
    s.validFrom,
    s.validTo,
    tx.now,
  ]);
export const revokeSubstitutionRow = async (tx: Tx, id: string, on: string): Promise<boolean> =>
  (await tx.run(revoke, [id, on])).length === 1;
