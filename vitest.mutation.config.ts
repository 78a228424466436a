import { defineConfig } from 'vitest/config';

/**
 * The tests that are asked about every planted fault: of the pool, whose every line is then slow, only the quickest judges;
 * of what lies on it, what runs whole scenarios too.
 */
const SUITES = {
  pool: ['test/pool/{twin,due-set,census,request-book,adapter-caches,two-ways}.test.ts'],
  rest: [
    'test/platforms/*.test.ts',
    'test/measure/{books,realised,traffic-meter}.test.ts',
    'test/experiment/{audit,generated,plans,contrast}.test.ts',
    'test/scenario/{bad-input,combinations,sources-and-plans,unknown-words}.test.ts',
  ],
};

export default defineConfig({
  test: {
    include: SUITES[process.env.MUTATE === 'rest' ? 'rest' : 'pool'],
    env: { WORLDS: '60', SETS: '40', SCENARIOS: '4' },
    isolate: false,
    testTimeout: 60_000,
    maxWorkers: 1,
  },
});
