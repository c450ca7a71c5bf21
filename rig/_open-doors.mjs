import { replaceWhileLoading } from './_while-loading.mjs';

/* Puts two holes into the program: a page that pastes a parameter into SQL, and one that gives a file of the checkout away. What the scanning rig must find. */

const line = 'for (const module of modules)';
const holes = `web.get('/lo-hong', { access: 'public' }, async (request) =>
        json(await context.db.reader.raw("select code from procedures.procedure where code = '" + (request.query.get('ma') ?? '') + "' limit 5")));
    web.get('/.git/config', { access: 'public' }, () => json({ core: 'repositoryformatversion = 0' }));
    `;
replaceWhileLoading({ file: '/dist/server/app.js', line, instead: holes + line });
