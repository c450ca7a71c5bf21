import type { CliCommand } from '../../platform/module.ts';
import { alarmsOf, readBackupState } from './backup-health.ts';
import { attempt, complain, from, isOption, say } from './command-line.ts';
import { checkCopy, fetchCopy } from './copy-away.ts';
import { copyPlace, prepareFolder } from './copy-place.ts';
import { drillBase, drillDaily } from './drill.ts';
import { runCopy } from './keep-up.ts';
import { newKeys, readPrivateKeys } from './seal.ts';

export const copyCommands: readonly CliCommand[] = [
  {
    name: 'backup keys',
    summary: 'Makes a pair of keys: the public one for SEN_BACKUP_RECIPIENTS, the private one for a safe',
    usage: 'sen backup keys',
    async run() {
      const { publicKey, privateKey } = await newKeys();
      say(
        `# Public key, for SEN_BACKUP_RECIPIENTS:\n# ${publicKey}\n# Private key: print it or keep it on two sticks in a safe, never on this machine. Without it no copy can be opened.\n${privateKey}`,
      );
      return 0;
    },
  },
  {
    name: 'backup copy',
    summary: 'Copies what is new, sealed, to SEN_BACKUP_COPY; --prepare marks its folder, --check reads all of it',
    usage: 'sen backup copy [--prepare|--check]',
    run: (context, [option]) =>
      attempt(async () => {
        const { backupCopy } = context.config;
        if (backupCopy === null) return complain('SEN_BACKUP_COPY is not set: name the second place');
        if (option === '--prepare') {
          if (backupCopy.startsWith('command:'))
            return complain('Only a folder is prepared; a command does that itself');
          await prepareFolder(backupCopy);
          say(`✓ ${backupCopy} is marked`);
          return 0;
        }
        if (option === '--check') {
          const { objects, wrong } = await checkCopy(copyPlace(backupCopy));
          for (const line of wrong.slice(0, 50)) say(`✗ ${line}`);
          say(`${wrong.length === 0 ? '✓' : '✗'} ${objects} objects read, ${wrong.length} wrong`);
          return wrong.length === 0 ? 0 : 1;
        }
        const done = await runCopy(context);
        say(`✓ ${done['copied']} copied (${(Number(done['bytes']) / 1e6).toFixed(1)} MB), ${done['removed']} removed`);
        return 0;
      }),
  },
  {
    name: 'backup fetch',
    summary: 'Brings the copies back from the second place and opens them with the private key',
    usage: 'sen backup fetch FOLDER --key FILE [--from PLACE]',
    run: ({ config }, args) =>
      attempt(async () => {
        const valueOf = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
        const [folder, key, place] = [args[0], valueOf('--key'), valueOf('--from') ?? config.backupCopy];
        if (!folder || isOption(folder) || !key) return complain('sen backup fetch FOLDER --key FILE [--from PLACE]');
        if (!place) return complain('Name the second place: SEN_BACKUP_COPY, or --from PLACE');
        const keys = await readPrivateKeys(from(key));
        const fetched = await fetchCopy(
          copyPlace(place.startsWith('command:') ? place : from(place)),
          from(folder),
          keys,
        );
        say(`✓ ${fetched} objects brought back and opened; restore from ${from(folder)}`);
        return 0;
      }),
  },
  {
    name: 'backup drill',
    summary: 'Restores the last back-ups into a scratch server, compares, records the result (every night too)',
    usage: 'sen backup drill [--daily|--base]',
    run: (context, [option]) =>
      attempt(async () => {
        const isEmbedded = context.config.embeddedData !== null;
        const drills = [
          ...(option === '--base' ? [] : [['daily back-up', drillDaily] as const]),
          ...(option === '--base' || (isEmbedded && option !== '--daily')
            ? [['base back-up and log', drillBase] as const]
            : []),
        ];
        for (const [what, drill] of drills) {
          const facts = await drill(context);
          say(`✓ ${what}: ${facts['tables']} tables, ${facts['rows']} rows, ${facts['files']} files`);
        }
        return 0;
      }),
  },
  {
    name: 'backup status',
    summary: 'Says what was backed up when, and what is wrong',
    usage: 'sen backup status [--json]',
    run: ({ db, config }, [option]) =>
      attempt(async () => {
        const state = await readBackupState(db.reader, config, new Date());
        const alarms = alarmsOf(state);
        if (option === '--json')
          say(
            JSON.stringify({
              alarms,
              archiver: state.archiver,
              volumes: state.volumes,
              lastDone: [...state.lastDone.values()],
            }),
          );
        else {
          for (const [kind, run] of state.lastDone)
            say(`${kind.padEnd(12)} ${run.startedAt.toISOString()} ${run.name}`);
          if (state.archiver?.lastArchivedAt)
            say(`log          ${state.archiver.lastArchivedAt.toISOString()} ${state.archiver.lastSegment}`);
          for (const alarm of alarms) say(`✗ ${alarm}`);
          if (alarms.length === 0) say('✓ nothing is wrong');
        }
        return alarms.length === 0 ? 0 : 1;
      }),
  },
];
