import { isMood, moods } from './moods.ts';
import { startStandIn } from './server.ts';

/* npx sen sandbox identity [--port 8090] [--mood well] [--seed 1]: runs until it is stopped. */

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const mood = option('mood') ?? 'well';
if (!isMood(mood)) {
  process.stderr.write(`There is no mood ${mood}; there are ${moods.join(', ')}\n`);
  process.exit(1);
}
try {
  const standIn = await startStandIn({
    port: Number(option('port') ?? 8090),
    mood,
    seed: Number(option('seed') ?? 1),
    clientId: process.env['SEN_NATIONAL_CLIENT_ID'] ?? 'sen',
    clientSecret: process.env['SEN_NATIONAL_SECRET'] ?? 'sandbox-secret',
  });
  process.stdout.write(
    `The stand-in of the national identity provider is at ${standIn.issuer} (moods: ${standIn.issuer}/control)\n`,
  );
  const stop = () => void standIn.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`The stand-in cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
