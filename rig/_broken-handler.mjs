import { replaceWhileLoading } from './_while-loading.mjs';

/* Makes one page of the program fall over a quote in its query: what the fuzzing rig must find. */

const line = "const month = readMonth(request.query.get('thang'), now);";
replaceWhileLoading({
  file: '/dist/server/services/portal/information-routes.js',
  line,
  instead: `if (request.query.get('thang')?.includes("'")) throw new Error('broken by the rig');\n    ${line}`,
});
