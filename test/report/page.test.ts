import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/cli/read-results.ts';
import type { Row } from '../../src/measure/columns.ts';
import { reportPage } from '../../src/report/page.tsx';
import { DARK, LIGHT, lettersOn, SCALE } from '../../src/report/palette.ts';
import type { Results } from '../../src/report/results.ts';
import { ROOT } from '../cli/spawn.ts';

const of = (name: string) => readResults(join(ROOT, 'results', name));
const whole = of('crossover-a100');
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { 'no-inline-style': 'off', 'void-style': 'off' },
});

async function faultsOf(page: string): Promise<string[]> {
  const { results } = await validator.validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
  );
}

describe('a report', () => {
  test('of a run, a sweep and a crossover is valid HTML of one file, without scripts', async () => {
    const page = reportPage([whole]);
    expect(await faultsOf(page)).toEqual([]);
    expect(page).not.toMatch(/<script|<link|<iframe|<img|@import|url\((?!#)|\son\w+=/);
    expect(page).toContain(`content="default-src 'none';`);
    for (const heading of [
      'money goes',
      'time goes',
      'Hour by hour',
      'Settings of',
      'At which rate',
      'assumed',
      'comes from',
    ])
      expect(page).toContain(heading);
    expect(page.length).toBeLessThan(300_000);
  });

  test.each(['fine-tune-shop', 'all-platforms', 'small-shop-at-night', 'launch-day', 'batches-of-four'])(
    'of %s is valid, and made again has the same bytes',
    async (name) => {
      const page = reportPage([of(name)]);
      expect(await faultsOf(page)).toEqual([]);
      expect(reportPage([of(name)])).toBe(page);
    },
  );

  test('says what the table of the run says', () => {
    const page = reportPage([whole]);
    const [replicate] = whole.run!.summary;
    for (const line of whole.run!.manifest.answer)
      expect(page).toContain(line.replaceAll("'", '&#39;').slice(0, 40));
    expect(page).toContain(String(replicate!.cost_usd_per_month).slice(0, 4));
    expect(page).toContain(whole.run!.manifest.scenario_sha256);
    expect(page).toContain('$0.000694 a second alive');
    expect(page).toContain('read 2026-04');
  });

  test('shows text from files as text', async () => {
    const evil = '"><script>alert(1)</script>&\'<b>';
    const { manifest, summary, hourly } = whole.run!;
    const named = (rows: typeof summary) =>
      rows.map((row) => (row.platform === 'modal' ? { ...row, platform: evil } : row));
    const results: Results = {
      ...whole,
      sweep: {
        ...whole.sweep!,
        cells: whole.sweep!.cells.map((row) => ({ ...row, keep_warm: `${evil}${row.keep_warm}` })),
      },
      run: {
        summary: named(summary),
        hourly: named(hourly),
        manifest: {
          ...manifest,
          scenario: evil,
          description: evil,
          answer: [evil],
          warnings: [evil],
          platforms: { [evil]: { [evil]: evil } },
          inputs: [{ file: evil, sha256: evil }],
          overrides: [evil],
          written: { [evil]: evil },
        },
      },
      changed: [evil],
    };
    const page = reportPage([results, results].map((one, k) => ({ ...one, folder: `${evil}${k}` })));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b>');
    expect(await faultsOf(page)).toEqual([]);
  });

  const sweepOf = (change: (row: Row, k: number) => Row, grid = whole.sweep!.manifest.grid!) => ({
    ...whole,
    run: undefined,
    crossover: undefined,
    sweep: {
      manifest: { ...whole.sweep!.manifest, grid },
      cells: whole.sweep!.cells.map(change),
    },
  });

  test('marks what is open, tied or without a value, and says what the marks mean', () => {
    const marks = [
      { slo: 'met', answer: 'best', pareto: 'yes' },
      { slo: 'met', answer: 'tied', pareto: 'no' },
      { slo: 'open', answer: 'tied', pareto: 'no' },
      { slo: 'open', answer: '', pareto: 'no' },
      { slo: 'missed', answer: '', pareto: 'no' },
      { slo: 'met', answer: '', pareto: 'yes', latency_p95_s: null },
    ];
    const page = reportPage([sweepOf((row, k) => ({ ...row, ...marks[k] }))]);
    const [cost, p95] = Array.from(page.matchAll(/<svg[\s\S]*?<\/svg>/g), ([svg]) =>
      Array.from(svg.matchAll(/>([^<>]*)<\/text>/g), ([, text]) => text!),
    );
    expect(cost!.filter((one) => one.endsWith('?'))).toHaveLength(2);
    expect([
      cost!.filter((one) => one.endsWith('~')).length,
      cost!.filter((one) => one.endsWith('×')).length,
    ]).toEqual([1, 1]);
    expect(cost!.filter((one) => one.startsWith('★'))).toHaveLength(1);
    expect(p95!.filter((one) => one === '◆ –')).toHaveLength(1);
    for (const words of [
      '★ the cheapest that surely meets the SLO',
      '~ meets the SLO too',
      '? whether it meets the SLO is not sure',
      '× misses the SLO',
      '◆ no other',
    ])
      expect(page).toContain(words);
  });

  test('draws of a large grid what matters, and says what it leaves out', () => {
    const values = Array.from({ length: 40 }, (_, k) => k);
    const [sample] = whole.sweep!.cells;
    const cells = values.map((keep_warm) => ({
      ...sample!,
      keep_warm,
      pareto: [3, 17, 38].includes(keep_warm) ? 'yes' : 'no',
      answer: keep_warm === 17 ? 'best' : '',
    }));
    const one = sweepOf((row) => row, { keep_warm: values });
    const page = reportPage([{ ...one, sweep: { ...one.sweep, cells } }]);
    expect(page).toContain('Drawn are 14 of 40 values of keep_warm');
    const [svg] = /<svg[\s\S]*?<\/svg>/.exec(page)!;
    for (const value of [0, 3, 17, 38, 39]) expect(svg).toContain(`>${value}</text>`);
  });

  test('draws the SLO where it is near, and says where it is not', () => {
    const { run } = whole;
    const at = (latency_p95: number) =>
      reportPage([{ ...whole, run: { ...run!, manifest: { ...run!.manifest, slo: { latency_p95 } } } }]);
    expect(at(12)).toContain('>SLO 12 s</text>');
    expect(at(300)).not.toContain('>SLO 300 s</text>');
    expect(at(300)).toContain('The SLO, 300 s, lies above the drawing');
  });

  test('leaves no stand-in for a colour, whatever is drawn', () => {
    for (const name of ['crossover-a100', 'launch-with-limits', 'spreadsheet-poisson'])
      expect(reportPage([of(name)])).not.toMatch(/#0102|rgb\(1,\s?2,/);
  });

  test('tells of a sweep over several traffics all that it found', () => {
    const page = reportPage([of('spreadsheet-poisson')]);
    expect(page).toContain('which are not compared:</p><ul>');
    expect(page).toContain('the cheapest for its traffic that surely serves the traffic');
  });

  test('tells of files that were changed, and of tables that do not belong together', () => {
    const page = reportPage([{ ...whole, changed: ['hourly.csv'], isMixed: true }]);
    expect(page).toContain('hourly.csv is not as it was written');
    expect(page).toContain('made from different versions of the scenario');
  });
});

/** Contrast of two colours as WCAG 2 defines it, 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [r, g, blue] = [1, 3, 5]
      .map((k) => Number.parseInt(color.slice(k, k + 2), 16) / 255)
      .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('text and marks stand out from %s ground', (_, tones) => {
  for (const name of ['ink', 'quiet'] as const)
    expect(contrast(tones[name], tones.paper)).toBeGreaterThan(4.5);
  for (let k = 0; k < 8; k++)
    expect(contrast(tones[`s${k}` as 's0'], tones.paper), `s${k}`).toBeGreaterThan(3);
  // Letters of the paper's colour lie on the first four.
  for (const name of ['s0', 's1', 's2', 's3'] as const)
    expect(contrast(tones[name], tones.paper), name).toBeGreaterThan(4.5);
});

test('letters stand out from every step of the scale', () => {
  for (const [step, color] of SCALE.entries())
    expect(contrast(lettersOn(step), color), color).toBeGreaterThan(4.5);
});
