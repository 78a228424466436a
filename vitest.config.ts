import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest files: they go first, so that no worker is left with one at the end. */
const LONGEST = [
  'browser/explorer',
  'cli/sweep',
  'test/results',
  'fuzz/',
  'fit/rank',
  'cli/verify',
  'cli/fit',
  'experiment/crossover',
  'test/docs',
  'cli/optimize',
  'browser/report',
  'cli/report',
  'cli/kills',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.includes(name));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    // Nothing in src/ has a state that a result depends on, so files of tests may share the modules that a worker has read.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
