import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // .ci/run reads the counts from there.
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    setupFiles: ['test/seed.ts'],
    // One less is the default, which on two cores leaves half of the machine to wait for builders.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
