import { defineModule } from '../../platform/module.ts';

/** Pure functions so far: definitions, checks, steps. */
export default defineModule({ name: 'workflow', floor: 'engines', uses: ['decisions'] });
