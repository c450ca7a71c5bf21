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

/** @throws a fault with one sentence when the port is taken or may not be opened */
export function checkPort(port, host = process.env['HOST'] || '127.0.0.1') {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE')
        failed(
          fault(
            `Port ${port} is already taken, perhaps by a Sen that is running: stop that program, or choose another port with PORT=${port + 1} npm start.`,
            { code: 'port-taken' },
          ),
        );
      else if (error.code === 'EACCES')
        failed(
          fault(`This user may not open port ${port}: choose one above 1023 with PORT=8080 npm start.`, {
            code: 'port-denied',
          }),
        );
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
        failed(fault(`HOST is ${host}, which is not an address of this machine.`));
      else failed(error);
    });
    probe.listen(port, host, () => probe.close(() => done()));
  });
}
