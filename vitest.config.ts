import { defineConfig } from 'vitest/config';

// SEN_TEST_PURE=1 runs tests that need no database without starting one.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts', 'bin/**/*.test.mjs'],
    globalSetup: process.env['SEN_TEST_PURE'] ? [] : ['src/testing/global-setup.ts'],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
