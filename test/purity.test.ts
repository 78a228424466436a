import { resolve } from 'node:path';
import vm from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { scenarioOf, simulate } from './oracles/simulate.ts';

const ROOT = resolve(import.meta.dirname, '..');
const TEXT = `
name: purity
duration: 3h
replications: 3
prices: article-2026-04
model: flux-dev
traffic:
  - { process: on-off, rate_on: 1/s, mean_on: 60s, mean_off: 200s, work: { distribution: gamma, cv: 0.3 } }
platforms:
  replicate: { kind: replicate-official }
  modal: { kind: modal, gpu: H100, keep_warm: 1, container_idle_timeout: { distribution: exponential, mean: 60s } }
`;

test('the engine, bundled for a browser, runs in an empty context and gives the same numbers', async () => {
  const entry = `
    import { ScenarioReader } from './src/scenario/read.ts';
    import { replicate } from './src/experiment/replication.ts';
    import { runResult } from './src/experiment/run.ts';
    const { scenario } = ScenarioReader.of(${JSON.stringify(TEXT)}, 'x').finish();
    const runs = Array.from({ length: scenario.replications }, (_, r) => {
      const steps = replicate(scenario, r);
      for (;;) { const step = steps.next(); if (step.done) return step.value; }
    });
    result = JSON.stringify(runResult(scenario, runs).platforms.map((one) => one.summary.row));
  `;
  const bundle = await build({
    stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  // Only what the language itself has: no process, no timers, no console, no DOM.
  const context = vm.createContext({ result: '' });
  vm.runInContext(bundle.outputFiles[0]!.text, context, { timeout: 30_000 });
  const expected = simulate(scenarioOf(TEXT)).platforms.map((one) => one.summary.row);
  expect(JSON.parse(context.result)).toEqual(JSON.parse(JSON.stringify(expected)));
});
