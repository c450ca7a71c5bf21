import { registerHooks } from 'node:module';

/* Puts two holes into the program while it is loaded: a page that pastes a parameter into SQL, and one that gives a file of the checkout away. What the scanning rig must find. */

const FILE = '/dist/server/app.js';
const LINE = 'for (const module of modules)';
const HOLES = `web.get('/lo-hong', { access: 'public' }, async (request) =>
        json(await context.db.reader.raw("select code from procedures.procedure where code = '" + (request.query.get('ma') ?? '') + "' limit 5")));
    web.get('/.git/config', { access: 'public' }, () => json({ core: 'repositoryformatversion = 0' }));
    `;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const source = String(loaded.source);
    if (!source.includes(LINE))
      throw new Error('The place of the holes is not where it was: correct rig/_open-doors.mjs');
    return { ...loaded, source: source.replace(LINE, HOLES + LINE) };
  },
});
