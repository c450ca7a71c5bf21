import { localDate } from '../../platform/clock.ts';
import { defineModule } from '../../platform/module.ts';
import { rulesOn } from '../rules/index.ts';
import { dropReadingsBefore, ensurePartitions } from './reading-queries.ts';

/** The first day of the month so many months before. */
function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().slice(0, 10);
}

export default defineModule({
  name: 'readings',
  floor: 'foundation',
  uses: ['rules'],
  async start({ db, clock }) {
    await ensurePartitions(db.reader, clock.now());
  },
  schedules: [
    {
      name: 'readings.housekeeping',
      cron: '20 19 * * *', // 02:20 in Viet Nam
      async run({ db, clock, log }) {
        const now = clock.now();
        await ensurePartitions(db.reader, now);
        const { readingsKeptMonths } = rulesOn(localDate(now)).personalData;
        const dropped = await dropReadingsBefore(db.reader, monthsBefore(localDate(now), readingsKeptMonths));
        if (dropped > 0) log.info({ dropped }, 'months of readings forgotten');
      },
    },
  ],
});
