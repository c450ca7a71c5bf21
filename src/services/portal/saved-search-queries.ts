import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { SavedSearch } from './saved-search.ts';

const COLUMNS = `id, account_id as "accountId", name, place, query, tells, locale, created_at as "createdAt"`;
const list = statement(
  'portal.list_saved_searches',
  `select ${COLUMNS} from portal.saved_search where account_id = $1 order by name, id limit 100`,
);
const find = statement(
  'portal.find_saved_search',
  `select ${COLUMNS} from portal.saved_search where id = $1 and account_id = $2`,
);
const insert = statement(
  'portal.insert_saved_search',
  `insert into portal.saved_search (id, account_id, name, place, query, tells, locale, created_at)
   select $1, $2, $3, $4, $5, $6, $7, $8 where (select count(*) from portal.saved_search where account_id = $2) < $9
   on conflict (account_id, place, query) do update set name = excluded.name, tells = excluded.tells returning id`,
);
const update = statement(
  'portal.update_saved_search',
  'update portal.saved_search set name = $3, tells = $4 where id = $1 and account_id = $2 returning id',
);
const remove = statement(
  'portal.delete_saved_search',
  'delete from portal.saved_search where id = $1 and account_id = $2 returning id',
);
const removeAll = statement(
  'portal.delete_saved_searches',
  'delete from portal.saved_search where account_id = $1 returning id',
);
const questions = statement(
  'portal.list_questions_after',
  `select distinct place, query, locale from portal.saved_search where tells and (place, query, locale) > ($1, $2, $3)
   order by place, query, locale limit $4`,
);
const savers = statement(
  'portal.list_savers',
  `select ${COLUMNS} from portal.saved_search where tells and place = $1 and query = $2 and locale = $3 and id > $4 order by id limit $5`,
);
const move = statement(
  'portal.merge_saved_searches',
  `update portal.saved_search s set account_id = $2 where account_id = $1
     and not exists (select from portal.saved_search o where o.account_id = $2 and o.place = s.place and o.query = s.query) returning id`,
);
const back = statement(
  'portal.unmerge_saved_searches',
  'update portal.saved_search set account_id = $1 where account_id = $2 and id = any($3::uuid[])',
);

/** Saved searches of an account by name; at most 100. */
export const listSavedSearches = (reader: Reader, accountId: string): Promise<SavedSearch[]> =>
  reader.run<SavedSearch>(list, [accountId]);
export const findSavedSearch = async (
  reader: Reader,
  id: string,
  accountId: string,
): Promise<SavedSearch | undefined> => (await reader.run<SavedSearch>(find, [id, accountId]))[0];
/** Saves a question, or gives the one that is saved already its new name. False when the account has as many as it may. */
export const insertSavedSearch = async (tx: Tx, s: Omit<SavedSearch, 'createdAt'>, limit: number): Promise<boolean> =>
  (await tx.run(insert, [s.id, s.accountId, s.name, s.place, s.query, s.tells, s.locale, tx.now, limit])).length > 0;
export const updateSavedSearch = async (
  tx: Tx,
  id: string,
  accountId: string,
  given: { name: string; tells: boolean },
): Promise<boolean> => (await tx.run(update, [id, accountId, given.name, given.tells])).length > 0;
export const deleteSavedSearch = async (tx: Tx, id: string, accountId: string): Promise<boolean> =>
  (await tx.run(remove, [id, accountId])).length > 0;
export const deleteSavedSearches = async (tx: Tx, accountId: string): Promise<number> =>
  (await tx.run(removeAll, [accountId])).length;

/** One question that somebody wants to hear of. */
export interface Question {
  place: SavedSearch['place'];
  query: string;
  locale: SavedSearch['locale'];
}
/** Questions that people want to hear of, each once however many keep it, in their order. */
export const listQuestionsAfter = (
  reader: Reader,
  after: { place: string; query: string; locale: string },
  limit: number,
): Promise<Question[]> => reader.run<Question>(questions, [after.place, after.query, after.locale, limit]);
export const listSavers = (
  reader: Reader,
  question: Question,
  afterId: string,
  limit: number,
): Promise<SavedSearch[]> =>
  reader.run<SavedSearch>(savers, [question.place, question.query, question.locale, afterId, limit]);
export const takeSavedSearches = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  (await tx.run<{ id: string }>(move, [from, to])).map((row) => row.id);
export const giveSavedSearchesBack = (tx: Tx, from: string, to: string, ids: readonly string[]): Promise<object[]> =>
  tx.run(back, [from, to, ids]);
