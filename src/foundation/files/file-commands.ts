import type { CliCommand } from '../../platform/module.ts';
import { moveFiles } from './move-files.ts';
import { verifyStore } from './verify-store.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string): number => {
  process.stderr.write(`${line}\n`);
  return 2;
};

export const fileCommands: readonly CliCommand[] = [
  {
    name: 'files verify',
    summary: 'Reads the stored files again and compares them with their digests',
    usage: 'sen files verify [--sample N]',
    async run(context, args) {
      const at = args.indexOf('--sample');
      const oneIn = at < 0 ? 1 : Number(args[at + 1]);
      if (!Number.isInteger(oneIn) || oneIn < 1)
        return complain('--sample takes a whole number: 100 reads one file in a hundred');
      const report = await verifyStore(context, { oneIn, tell: say });
      say(
        `${report.checked} files read (${Math.round(report.checkedBytes / 1_000_000)} MB): ${report.missing} missing, ${report.damaged} damaged, ${report.orphans} orphans`,
      );
      return report.missing + report.damaged > 0 ? 1 : 0;
    },
  },
  {
    name: 'files move',
    summary: 'Copies the stored files to the other home, proves each copy; goes on where it was broken off',
    usage: 'sen files move --to s3|folder [--remove-source]',
    async run(context, args) {
      const to = args[args.indexOf('--to') + 1];
      if (!args.includes('--to') || (to !== 's3' && to !== 'folder'))
        return complain('Say where to: sen files move --to s3 or --to folder');
      const report = await moveFiles(context, to, { removeSource: args.includes('--remove-source'), tell: say });
      say(
        `${report.copied} copied, ${report.there} there already, ${report.removed} removed here, ${report.missing} missing`,
      );
      return report.missing > 0 ? 1 : 0;
    },
  },
];
