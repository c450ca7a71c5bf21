import type { Schedule } from './jobs.ts';

/** What the platform itself does at night: partitions ahead of time, and nothing kept longer than it is of use. */
export const platformSchedules: readonly Schedule[] = [
  {
    name: 'platform.housekeeping',
    cron: '10 19 * * *', // 02:10 in Viet Nam
    async run({ db, clock }) {
      const now = clock.now();
      await db.reader.raw('select platform.ensure_event_partitions($1::date, 4)', [now]);
      await db.reader.raw('delete from platform.session where expires_at < $1', [now]);
      await db.reader.raw(`delete from platform.rate_limit where window_start < $1::timestamptz - interval '1 day'`, [
        now,
      ]);
      await db.reader.raw(`delete from platform.request_key where created_at < $1::timestamptz - interval '7 days'`, [
        now,
      ]);
      await db.reader.raw(`delete from platform.effect where claimed_at < $1::timestamptz - interval '90 days'`, [now]);
    },
  },
];
