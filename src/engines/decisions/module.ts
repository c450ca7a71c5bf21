import { defineModule } from '../../platform/module.ts';

/** Pure functions: nothing to start, no tables, no pages. */
export default defineModule({ name: 'decisions', floor: 'engines' });
