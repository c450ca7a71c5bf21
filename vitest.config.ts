import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Files that take a minute or more, longest first: one of them begun last would leave the other worker idle. */
const LONGEST = ['hostile', 'accessibility', 'pages', 'journeys', 'delegation'].map((name) => `e2e/${name}.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? LONGEST.length : at;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

// SEN_TEST_PURE=1 runs tests that need no database without starting one.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts', 'bin/**/*.test.mjs'],
    globalSetup: process.env['SEN_TEST_PURE'] ? [] : ['src/testing/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    // On two cores: while one waits for the database, another works.
    maxWorkers: 3,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
