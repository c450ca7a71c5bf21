import { registerHooks } from 'node:module';

/* Makes one page of the program fall over a quote in its query, while it is loaded: what the fuzzing rig must find. The program has no such switch. */

const FILE = '/dist/server/services/portal/information-routes.js';
const LINE = "const month = readMonth(request.query.get('thang'), now);";

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const source = String(loaded.source);
    if (!source.includes(LINE))
      throw new Error('The line to break is not where it was: correct rig/_broken-handler.mjs');
    const broken = `if (request.query.get('thang')?.includes("'")) throw new Error('broken by the rig');\n    ${LINE}`;
    return { ...loaded, source: source.replace(LINE, broken) };
  },
});
