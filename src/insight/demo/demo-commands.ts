import type { CliCommand } from '../../platform/module.ts';
import { generateDossiers, generatedDossiers } from './generate.ts';

const MOST = 20_000_000;

/** `sen demo generate --dossiers N`: believable dossiers up to N in all, for load. Refused in production. */
export const demoGenerate: CliCommand = {
  name: 'demo generate',
  summary: 'Makes believable people and dossiers over the past year, N in all',
  usage: 'sen demo generate --dossiers N',
  async run(context, args) {
    const at = args.indexOf('--dossiers');
    const total = Number(args[at + 1]);
    if (at < 0 || !Number.isSafeInteger(total) || total < 1 || total > MOST) {
      process.stderr.write(`Say how many there shall be, from 1 to ${MOST}: sen demo generate --dossiers 1000000\n`);
      return 1;
    }
    if (context.config.mode === 'production') {
      process.stderr.write('Invented dossiers have no place in production: use another database.\n');
      return 1;
    }
    const started = Date.now();
    let told = started;
    const before = await generatedDossiers(context);
    const made = await generateDossiers(context, total, (done) => {
      if (Date.now() - told < 5_000) return;
      told = Date.now();
      const perSecond = (done - before) / ((told - started) / 1000);
      process.stdout.write(
        `  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} (${Math.round(perSecond)} a second, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB)\n`,
      );
    });
    process.stdout.write(
      `${made.toLocaleString('en')} dossiers made in ${((Date.now() - started) / 1000).toFixed(1)} s; ${Math.max(before, total).toLocaleString('en')} in all\n`,
    );
    return 0;
  },
};
