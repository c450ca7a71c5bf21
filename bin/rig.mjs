// npm run rig -- NAME [arguments]: one of the fault and load rigs in rig/; without a name, the list.
import { endWith } from './fault.mjs';
import { runScript } from './script-runner.mjs';

runScript('rig', process.argv.slice(2))
  .then((code) => (process.exitCode = code))
  .catch(endWith);
