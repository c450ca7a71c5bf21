import { anyJob, defineModule } from '../../platform/module.ts';
import { rebuildDictionaryJob } from './search-jobs.ts';
import { loadSearchWords } from './load-search-words.ts';

export default defineModule({
  name: 'search',
  floor: 'foundation',
  jobs: [anyJob(rebuildDictionaryJob)],
  async start(context) {
    loadSearchWords(context);
  },
});
