// Whether the site's port can be used, asked before anything slow is begun.
import { createServer } from 'node:net';
import { fault } from './fault.mjs';

/** PORT as a number. @throws a fault when it is none */
export function wantedPort(env = process.env) {
  const text = env['PORT'] || '8080';
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw fault(`PORT must be a number from 1 to 65535, not "${text}".`);
  return port;
}

/** The port of the metrics, a thousand above the site's unless SEN_METRICS_PORT says otherwise; undefined when switched off. */
export function metricsPort(port, env = process.env) {
  const text = env['SEN_METRICS_PORT'] || String(port + 1000);
  if (text === 'off') return undefined;
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) {
    throw fault(
      `SEN_METRICS_PORT must be off or a port number, not "${text}"${env['SEN_METRICS_PORT'] ? '' : ' (PORT + 1000)'}.`,
    );
  }
  return number;
}

/**
 * @param {number} port
 * @param {{ host?: string, setting?: string }} [options] setting: the variable that changes the port
 * @throws a fault with one sentence when the port is taken or may not be opened
 */
export function checkPort(port, { host = process.env['HOST'] || '127.0.0.1', setting = 'PORT' } = {}) {
  const sentences = {
    EADDRINUSE: `Port ${port} is already taken, perhaps by a Sen that is running: stop that program, or choose another port with ${setting}=${port + 1} npm start.`,
    EACCES: `This user may not open port ${port}: choose one above 1023 with ${setting}=8080 npm start.`,
    EADDRNOTAVAIL: `HOST is ${host}, which is not an address of this machine.`,
    ENOTFOUND: `HOST is ${host}, which is not an address of this machine.`,
  };
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const sentence = sentences[error.code];
      failed(
        sentence === undefined
          ? error
          : fault(sentence, { code: error.code === 'EADDRINUSE' ? 'port-taken' : error.code }),
      );
    });
    probe.listen(port, host, () => probe.close(() => done()));
  });
}
