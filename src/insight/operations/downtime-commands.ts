import type { CliCommand } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { attempt, complain, say } from './command-line.ts';
import { announceDowntime, cancelDowntime, findDowntime, localInstant } from './downtime.ts';

const MAX_TEXT = 500;
const optionOf = (args: readonly string[], name: string): string => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? '' : (args[at + 1] ?? '').trim();
};

/** The same as the page of planned downtime, for scripts of maintenance. */
export const downtimeCommands: readonly CliCommand[] = [
  {
    name: 'downtime announce',
    summary: 'Announces a planned downtime on every page, at once on every node',
    usage: 'sen downtime announce --from 2026-12-20T22:00 --to 2026-12-20T23:30 --text VIETNAMESE --text-en ENGLISH',
    run({ db, clock }, args) {
      const [from, to] = [localInstant(optionOf(args, 'from')), localInstant(optionOf(args, 'to'))];
      const text = { vi: optionOf(args, 'text'), en: optionOf(args, 'text-en') };
      if (!from || !to)
        return Promise.resolve(
          complain('Name both times as Viet Nam’s: --from 2026-12-20T22:00 --to 2026-12-20T23:30'),
        );
      if (to <= from || to <= clock.now())
        return Promise.resolve(complain('It must end after it starts, and later than now'));
      if ([text.vi, text.en].some((one) => one === '' || one.length > MAX_TEXT))
        return Promise.resolve(complain(`Give --text and --text-en, each of at most ${MAX_TEXT} characters`));
      return attempt(async () => {
        await inTransaction(db, { actor: systemActor('sen downtime'), clock }, async (tx) => {
          const current = await findDowntime(tx);
          const announced = { startsAt: from.toISOString(), endsAt: to.toISOString(), text };
          await announceDowntime(tx, announced, current?.version ?? 0);
        });
        say(`✓ announced from ${optionOf(args, 'from')} to ${optionOf(args, 'to')}`);
        return 0;
      });
    },
  },
  {
    name: 'downtime cancel',
    summary: 'Takes the announcement of a planned downtime away',
    usage: 'sen downtime cancel',
    run: ({ db, clock }) =>
      attempt(async () => {
        const isGone = await inTransaction(db, { actor: systemActor('sen downtime'), clock }, async (tx) => {
          const current = await findDowntime(tx);
          if (!current?.value) return false;
          await cancelDowntime(tx, current.version);
          return true;
        });
        say(isGone ? '✓ the announcement is gone' : 'Nothing is announced');
        return 0;
      }),
  },
];
