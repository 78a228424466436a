import { afterEach, expect, test, vi } from 'vitest';
import { UsageError } from '../../src/cli/exit-code.ts';
import { overridesOf } from '../../src/cli/options.ts';
import { formatProblem } from '../../src/scenario/problem.ts';
import { ScenarioReader } from '../../src/scenario/read.ts';
import { added, changed, FILE, problemsOf, SCENARIO } from './problems.ts';

const scenarioOf = (set: string[], text = SCENARIO) =>
  ScenarioReader.of(text, FILE, overridesOf({ set })).finish().scenario;
const policyOf = (set: string[], text = SCENARIO) => scenarioOf(set, text).platforms[0]!.policy;

afterEach(() => vi.restoreAllMocks());

const aliases: [inFile: string, set: string][] = [
  ['keep_warm: 1', 'platforms.modal.min_containers=3'],
  ['min_containers: 1', 'platforms.modal.keep_warm=3'],
  ['keep_warm: 1', 'platforms.modal.keep_warm=3'],
  ['seed: 1', 'platforms.modal.keep_warm=3'],
];

test.each(aliases)('with %s in the file, --set %s sets it', (inFile, set) => {
  const text = inFile.startsWith('seed')
    ? changed('    keep_warm: 1\n', 'seed: 1\n')
    : changed('keep_warm: 1', inFile);
  expect(policyOf([set], text).keep_warm).toEqual([{ at_s: 0, containers: 3 }]);
});

test('of two names of one thing on the command line, the last one given counts', () => {
  const [one, two] = ['platforms.modal.keep_warm=2', 'platforms.modal.min_containers=3'];
  expect(policyOf([one!, two!]).keep_warm[0]!.containers).toBe(3);
  expect(policyOf([two!, one!]).keep_warm[0]!.containers).toBe(2);
});

test('the other names of a window and a limit are set as well', () => {
  const text = added('    container_idle_timeout: 60\n    max_containers: 9');
  const policy = policyOf(
    ['platforms.modal.scaledown_window=5m', 'platforms.modal.concurrency_limit=20'],
    text,
  );
  expect(policy.idle_window).toEqual({ distribution: 'constant', value: 300 });
  expect(policy.max_containers).toBe(20);
});

test('a source is found by its name, by its process and by its place', () => {
  const text = changed('platforms:', '  - {process: poisson, rate: 1/h}\nplatforms:');
  for (const [i, step] of ['images', 'poisson', '1'].entries()) {
    const { sources } = scenarioOf([`traffic.${step}.rate=7200/h`], text);
    expect(sources[i === 0 ? 0 : 1]!.process).toEqual({ process: 'poisson', rate: 2 });
  }
});

test('a daily table can be given', () => {
  expect(policyOf(['platforms.modal.keep_warm={"08:00": 2, "00:00": 0}']).keep_warm).toEqual([
    { at_s: 0, containers: 0 },
    { at_s: 28_800, containers: 2 },
  ]);
});

test('a mistake of the file that an override takes away is no mistake', () => {
  expect(problemsOf(changed('60/h', '60'), ['traffic.images.rate=60/h'])).toEqual([]);
});

const wrong: [set: string, words: string[]][] = [
  ['platforms.modal.keep_warm=-1', ['whole number', 'here -1']],
  ['platforms.modal.keep_warm=11', ['which is 10', 'here 11']],
  ['platforms.modal.keep_worm=1', ['unknown key "keep_worm"', 'did you mean "keep_warm"?']],
  ['platforms.modl.keep_warm=1', ['no "modl" in platforms', 'did you mean "modal"?']],
  ['platform.modal.keep_warm=1', ['no "platform"', 'did you mean "platforms"?']],
  ['platforms.modal=5', ['expected a platform', 'here 5']],
  ['platforms.modal=', ['expected a platform', 'here null']],
  ['platforms={}', ['at least one platform']],
  ['platforms.modal.keep_warm.x=1', ['nothing can be set below platforms.modal.keep_warm']],
  ['traffic.imges.rate=5/h', ['no "imges" in traffic', 'did you mean "images"?']],
  ['traffic.1.rate=5/h', ['no "1" in traffic', 'images']],
  ['traffic.00.rate=5/h', ['no "00" in traffic']],
  ['traffic.images.rate=5', ['did you mean 5/h?']],
  ['traffic=', ['a list of sources', 'here null']],
  ['traffic={}', ['a list of sources']],
  ['seed=', ['here null']],
  ['seed=-1', ['here -1']],
  ['duration=24', ['did you mean 24s?']],
  ['name=a/b', ['a-z, 0-9 and -']],
  ['constructor.prototype.x=1', ['no "constructor"']],
  ['toString=1', ['unknown key "toString"']],
];

test.each(wrong)('--set %s is refused, with the option as the place', (set, words) => {
  const problems = problemsOf(SCENARIO, [set]);
  expect(problems).toHaveLength(1);
  const shown = formatProblem(problems[0]!);
  expect(shown.startsWith(`--set ${set}: error: `)).toBe(true);
  for (const word of words) expect(shown).toContain(word);
});

const malformed = [
  'a',
  '=5',
  'a.=5',
  '.a=5',
  'a..b=5',
  '__proto__.x=5',
  'platforms.__proto__.x=1',
  'seed={',
  'seed=*a',
  'seed=%',
];

test.each(malformed)('--set %s is refused before any file is looked at', (set) => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  expect(() => overridesOf({ set })).toThrow(UsageError);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

const named: [args: Parameters<typeof overridesOf>[0], option: string][] = [
  [{ seed: '-5' }, '--seed -5'],
  [{ replications: 'many' }, '--replications many'],
  [{ duration: '5' }, '--duration 5'],
];

test.each(named)('%j is refused, with the option as the place', (args, option) => {
  const reader = ScenarioReader.of(SCENARIO, FILE, overridesOf(args));
  expect(() => reader.finish()).toThrow(`${option}: error: `);
});

test('a named option counts more than --set', () => {
  expect(
    ScenarioReader.of(SCENARIO, FILE, overridesOf({ seed: '4', set: 'seed=5' })).finish().scenario.seed,
  ).toBe(4);
});

test('a mistake is laid to the option that set the value in force, not to one before it', () => {
  const [problem] = problemsOf(SCENARIO, ['platforms.modal.keep_warm=2', 'platforms.modal.keep_warm=-3']);
  expect(problem!.file).toBe('--set platforms.modal.keep_warm=-3');
  const whole = 'platforms.modal={kind: modal, usd_per_second: 1, seconds_per_image: 1}';
  const [other] = problemsOf(SCENARIO, [whole, 'platforms.modal.keep_warm=-4']);
  expect(other!.file).toBe('--set platforms.modal.keep_warm=-4');
});

test('an override changes the one platform that it names, also if the file gives two by an alias', () => {
  const text = changed('  modal:', '  modal: &one', added('  two: *one'));
  const { platforms } = scenarioOf(['platforms.modal.keep_warm=3'], text);
  expect(platforms.map(({ policy }) => policy.keep_warm[0]!.containers)).toEqual([3, 1]);
});

test('a part that the file leaves out can be set by its path', () => {
  expect(scenarioOf(['slo.latency_p95=5s']).slo).toEqual({ latency_p95: 5 });
});

test.each(['seed=!!js/function x', 'seed=%'])('--set %s makes the parser say nothing of its own', (set) => {
  const spy = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    problemsOf(SCENARIO, [set]);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
  }
  expect(spy).not.toHaveBeenCalled();
});
