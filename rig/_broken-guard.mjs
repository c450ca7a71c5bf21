import { registerHooks } from 'node:module';

/*
 * Takes one guard out of the program while it is loaded: a right is then held over every unit as soon as it is held over one. The
 * program itself has no such switch, in no mode.
 */

const GUARD = 'return subject.unitId !== undefined && subject.unitId !== null && reach.includes(subject.unitId);';
let isBroken = false;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/dist/server/platform/access.js')) return loaded;
    const source = String(loaded.source);
    if (!source.includes(GUARD))
      throw new Error('The guard to break is not where it was: correct rig/_broken-guard.mjs');
    isBroken = true;
    return { ...loaded, source: source.replace(GUARD, 'return true;') };
  },
});

process.once('exit', () => {
  if (!isBroken) process.stderr.write('No guard was broken.\n');
});
