// What npx sen doctor says of the files that secrets come from. It reads their rights, never what they hold.
import { statSync } from 'node:fs';
import { bad, good } from './doctor-backups.mjs';

/** Settings that name a file with secrets in it, beside every `…_FILE`. */
const HOLDERS = ['SEN_MESSAGE_PROVIDERS', 'SEN_NATIONAL_KEY_FILE_PATH'];
/** Settings whose value is a secret: in production they belong into a file, where no list of processes shows them. */
const SECRETS = [
  'DATABASE_URL',
  'SEN_SECRET',
  'SEN_FORMER_SECRETS',
  'SEN_SMTP_URL',
  'SEN_NATIONAL_SECRET',
  'SEN_S3_SECRET_KEY',
];

/** Whether each file is there and closed to others, and no secret of a production stands in the environment itself. */
export function checkSecrets(env = process.env) {
  const files = Object.entries(env).filter(
    ([name, path]) => path && ((/^(SEN_|DATABASE_URL)/.test(name) && name.endsWith('_FILE')) || HOLDERS.includes(name)),
  );
  for (const [name, path] of files) {
    let mode;
    try {
      mode = statSync(path).mode;
    } catch {
      return bad(`${name} names a file that cannot be read: ${path}`, 'Correct the path, or give this user the right.');
    }
    if (process.platform !== 'win32' && (mode & 0o007) !== 0)
      return bad(`Everybody on this machine may use the file of ${name}.`, `chmod 600 ${path}`);
  }
  const plain = env['SEN_MODE'] === 'production' ? SECRETS.filter((name) => env[name] && !env[`${name}_FILE`]) : [];
  if (plain.length > 0)
    return bad(
      `${plain.join(', ')} stand${plain.length === 1 ? 's' : ''} in the environment, where other programs may read along.`,
      `Put each into a file of mode 600 and name it in ${plain[0]}_FILE, or hand it over with LoadCredential of systemd.`,
    );
  return good(
    files.length === 0
      ? 'No secrets are read from files.'
      : `${files.length} file${files.length === 1 ? '' : 's'} with secrets, closed to others.`,
  );
}
