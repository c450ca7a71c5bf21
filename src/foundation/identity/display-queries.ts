import { statement, type Reader, type Tx } from '../../platform/database.ts';

const find = statement(
  'identity.find_display_choice',
  'select choice from identity.display_choice where account_id = $1',
);
const put = statement(
  'identity.put_display_choice',
  `insert into identity.display_choice (account_id, choice, changed_at) values ($1, $2, $3)
   on conflict (account_id) do update set choice = excluded.choice, changed_at = excluded.changed_at`,
);

/** How an account wants pages to look (`platform/http/display.ts`); undefined when it never chose. */
export const findDisplayChoice = async (reader: Reader, accountId: string): Promise<string | undefined> =>
  (await reader.run<{ choice: string }>(find, [accountId]))[0]?.choice;
export const saveDisplayChoice = (tx: Tx, accountId: string, choice: string): Promise<object[]> =>
  tx.run(put, [accountId, choice, tx.now]);
