import { readFileSync, statSync } from 'node:fs';
import type { CliCommand } from '../../platform/module.ts';
import { judgeFile, LARGEST_FILE } from './judge-file.ts';
import { overall, type SignatureReport } from './report.ts';
import { changeWords, findingWords, indicationWords } from './signature-words.ts';
import { trustFolderOf } from './trust-list.ts';

const CODES = { 'TOTAL-PASSED': 0, 'TOTAL-FAILED': 1, INDETERMINATE: 2 } as const;

/** The report as lines for an operator. */
function lines(report: SignatureReport): string[] {
  if (report.defect) return [`✗ ${report.defect}${report.detail ? `: ${report.detail}` : ''}`];
  if (report.signatures.length === 0) return ['The file has no signature.'];
  return report.signatures.flatMap((one, at) => [
    `${at + 1}. ${one.field}: ${one.indication}${one.subIndication ? ` (${one.subIndication})` : ''} – ${indicationWords[one.indication].en}`,
    ...(one.signer ? [`   by ${one.signer.subject}`, `   issued by ${one.signer.issuer}`] : []),
    ...(one.time ? [`   at ${one.time.at} (${one.time.proof})`] : []),
    ...(one.finding ? [`   ${findingWords[one.finding].en}${one.detail ? ` [${one.detail}]` : ''}`] : []),
    `   ${one.level}${one.algorithm ? `, ${one.algorithm}` : ''}, covers ${one.covers.to} of ${one.covers.of} bytes`,
    ...one.forbidden.map(({ kind, where }) => `   ✗ ${changeWords[kind]?.en ?? kind}: ${where}`),
  ]);
}

export const signatureCommands: readonly CliCommand[] = [
  {
    name: 'signature verify',
    summary:
      'Judges every signature of a PDF; ends with 0 when all hold, 1 when one does not, 2 when one is not decided',
    usage: 'sen signature verify FILE [--json] [--trust FOLDER]',
    async run({ config, clock }, args) {
      const trustAt = args.indexOf('--trust');
      const [path] = args.filter((arg, at) => !arg.startsWith('--') && (trustAt < 0 || at !== trustAt + 1));
      if (path === undefined) {
        process.stderr.write('✗ Name the file: sen signature verify FILE\n');
        return 64;
      }
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (size === undefined || size > LARGEST_FILE) {
        process.stderr.write(`✗ ${path} ${size === undefined ? 'is not there' : 'is larger than 32 MiB'}.\n`);
        return 66;
      }
      const trust = (trustAt < 0 ? undefined : args[trustAt + 1]) ?? trustFolderOf(config);
      const report = await judgeFile(readFileSync(path), trust, clock.now());
      process.stdout.write(
        args.includes('--json') ? `${JSON.stringify(report, null, 2)}\n` : `${lines(report).join('\n')}\n`,
      );
      const verdict = overall(report);
      return report.defect || verdict === undefined ? 2 : CODES[verdict];
    },
  },
];
