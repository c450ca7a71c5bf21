// npm run bench -- NAME: one of the figures in bench/; without a name, the list.
import { endWith } from './fault.mjs';
import { runScript } from './script-runner.mjs';

runScript('bench', process.argv.slice(2))
  .then((code) => (process.exitCode = code))
  .catch(endWith);
