import { replaceWhileLoading } from './_while-loading.mjs';

/* Makes one page of the program fall over a month that is none: what the fuzzing rig must find. */

const line = "const month = readMonth(request.query.get('thang'), now);";
replaceWhileLoading({
  file: '/dist/server/services/portal/information-routes.js',
  line,
  instead: `if (!/^(\\d{4}-\\d\\d)?$/.test(request.query.get('thang') ?? '')) throw new Error('broken by the rig');\n    ${line}`,
});
