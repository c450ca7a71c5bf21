import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A setting that cannot be used: one sentence that names it and never says what a secret was. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Environment = Record<string, string | undefined>;

/** Settings whose value opens something. Files that hold them are for the program's own user (and its group) only. */
const secretSettings: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'SEN_SECRET',
  'SEN_FORMER_SECRETS',
  'SEN_SMTP_URL',
  'SEN_NATIONAL_SECRET',
  'SEN_S3_ACCESS_KEY',
  'SEN_S3_SECRET_KEY',
]);

const MAX_BYTES = 64 * 1024;

/**
 * What a setting says: from the file that `NAME_FILE` names, from the credential `NAME` that systemd hands over
 * (`LoadCredential=NAME:…`, found in `CREDENTIALS_DIRECTORY`), or from the environment itself. Empty means not set.
 * @throws ConfigError for a file that is not there, is too large, or that everybody may read though it holds a secret
 */
export function settingOf(env: Environment, name: string): string | undefined {
  const plain = env[name] || undefined;
  const named = env[`${name}_FILE`] || undefined;
  if (named !== undefined) {
    const kept = readSetting(named, `${name}_FILE`, secretSettings.has(name));
    if (plain !== undefined && plain !== kept)
      throw new ConfigError(`${name} and ${name}_FILE say different things: keep one of them`);
    return kept;
  }
  if (plain !== undefined) return plain;
  const folder = env['CREDENTIALS_DIRECTORY'];
  if (!folder || !secretSettings.has(name)) return undefined;
  const credential = join(folder, name);
  return existsSync(credential) ? readSetting(credential, `The credential ${name}`, true) : undefined;
}

function readSetting(path: string, who: string, isSecret: boolean): string | undefined {
  let text: string;
  try {
    const { mode, size } = statSync(path);
    if (isSecret && process.platform !== 'win32' && (mode & 0o007) !== 0)
      throw new ConfigError(`${who} names a file that everybody may use: chmod 600 ${path}`);
    if (size > MAX_BYTES) throw new ConfigError(`${who} names a file of more than 64 KiB: ${path}`);
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${who} names a file that cannot be read: ${path}`);
  }
  if (text.includes('\0')) throw new ConfigError(`${who} names a file that is no text: ${path}`);
  return text || undefined;
}
