import { BlockList, isIP } from 'node:net';
import type { Config } from './config.ts';
import { databaseHosts } from './database-hosts.ts';
import { ConfigError } from './environment.ts';

/*
 * In production nothing crosses a network unencrypted (OWASP ASVS 5.0, V12.3.1, V12.3.3). What stays on the machine, a socket or the loopback
 * address, needs nothing. Whoever has encrypted the way below (WireGuard, IPsec) names the connection in SEN_PLAIN_CONNECTIONS and writes down why.
 */

export const plainConnections = ['database', 'clamd', 'mail', 'sms', 'proxy'] as const;
export type PlainConnection = (typeof plainConnections)[number];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a host is this machine: a socket's folder, the loopback address, or its name. */
export function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === '' || name.startsWith('/') || name === 'localhost') return true;
  const kind = isIP(name);
  return kind !== 0 && loopback.check(name, kind === 4 ? 'ipv4' : 'ipv6');
}

const isVerified = (databaseUrl: string): boolean =>
  URL.canParse(databaseUrl) && new URL(databaseUrl).searchParams.get('sslmode') === 'verify-full';

/** An address without a host is a socket's, unless it only could not be read. */
const staysHere = (host: string, url: string): boolean =>
  host === '' ? /^postgres(ql)?:\/\/([^@/]*@)?\//.test(url) : isThisMachine(host);

/** Whether a provider of messages is spoken to over the network without TLS: `smpp://`, `http://`, or mail that need not be encrypted. */
export function isPlainProvider(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, searchParams } = new URL(url);
  if (isThisMachine(hostname)) return false;
  return (
    protocol === 'smpp:' || protocol === 'http:' || (protocol === 'smtp:' && searchParams.get('requireTLS') === 'false')
  );
}

/** What is wrong with a connection, in a sentence that says what to do; null when it is encrypted or stays here. */
export function plainWay(which: Exclude<PlainConnection, 'sms'>, config: Config): string | null {
  switch (which) {
    case 'database':
      return databaseHosts(config.databaseUrl).every(({ host, url }) => staysHere(host, url) || isVerified(url))
        ? null
        : 'DATABASE_URL crosses the network: add sslmode=verify-full (and sslrootcert=/path/to/ca.pem for a certificate of your own)';
    case 'clamd':
      return config.clamd?.startsWith('tcp:') && !isThisMachine(new URL(config.clamd).hostname)
        ? 'SEN_CLAMD crosses the network and clamd speaks no TLS: run it on this machine, or behind an encrypted tunnel that ends here'
        : null;
    case 'mail':
      return config.smtpUrl !== null && isPlainProvider(config.smtpUrl)
        ? 'SEN_SMTP_URL crosses the network without TLS: leave requireTLS=false out, or use smtps://'
        : null;
    case 'proxy':
      return isThisMachine(config.host)
        ? null
        : 'HOST lets the proxy come over the network without encryption: run nginx on this machine, or connect both by an encrypted tunnel';
  }
}

/** The connections that may go plain over the network here. @throws ConfigError for a name that is none */
export function readPlainConnections(text: string | undefined): PlainConnection[] {
  const names = (text ?? '').split(',').map((name) => name.trim()).filter(Boolean); // prettier-ignore
  const wrong = names.find((name) => !plainConnections.some((each) => each === name));
  if (wrong !== undefined)
    throw new ConfigError(`SEN_PLAIN_CONNECTIONS names some of ${plainConnections.join(', ')}; this is none: ${wrong}`);
  return plainConnections.filter((each) => names.includes(each));
}

/** Refuses to start in production with a connection that goes plain over the network and is not named as an exception. @throws ConfigError */
export function demandEncrypted(config: Config): void {
  for (const which of ['database', 'clamd', 'mail', 'proxy'] as const) {
    const fault = config.plainConnections.includes(which) ? null : plainWay(which, config);
    if (fault !== null)
      throw new ConfigError(`${fault}. If the way is encrypted below: SEN_PLAIN_CONNECTIONS=${which}`);
  }
}
