import { defineConfig } from 'vitest/config';

/** The tests that are asked about every mutant, the quickest judges first: as many of them as take two seconds in all. */
export default defineConfig({
  test: {
    include: [
      'test/pool/{twin,due-set,census,request-book}.test.ts',
      'test/platforms/*.test.ts',
      'test/measure/*.test.ts',
      'test/experiment/{generated,metamorphic,audit,plans}.test.ts',
    ],
    env: { WORLDS: '100', SCENARIOS: '6' },
    isolate: false,
    testTimeout: 60_000,
    maxWorkers: 1,
  },
});
