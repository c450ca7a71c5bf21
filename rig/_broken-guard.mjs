import { replaceWhileLoading } from './_while-loading.mjs';

/* Takes one guard out of the program: a right is then held over every unit as soon as it is held over one. */

replaceWhileLoading({
  file: '/dist/server/platform/access.js',
  line: 'return subject.unitId !== undefined && subject.unitId !== null && reach.includes(subject.unitId);',
  instead: 'return true;',
});
