import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/cli/read-results.ts';
import { reportPage } from '../../src/report/page.tsx';
import { ROOT } from '../cli/spawn.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';
import { expectAccessible, HAS_CHROMIUM, useChromium, VIEWS } from './chromium.ts';

const open = useChromium();
const out = temporaryFolder();
const file = written(
  out,
  'report.html',
  reportPage(['crossover-a100', 'fine-tune-shop'].map((name) => readResults(join(ROOT, 'results', name)))),
);
const url = pathToFileURL(file).href;

describe.runIf(HAS_CHROMIUM)('the report in Chromium', () => {
  test.each(VIEWS)('%s: asks for nothing, says nothing, fits, and is accessible', async (_, view) => {
    const { page, faults } = await open(url, view);
    expect(await page.title()).toBe('2 scenarios – Warmpool');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const drawings = await page
      .locator('svg')
      .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().height));
    expect(drawings.length).toBeGreaterThan(10);
    expect(Math.min(...drawings)).toBeGreaterThan(40);
    expect(faults).toEqual([]);
  });

  test('printed on A4, nothing is cut', async () => {
    const { page } = await open(url, { width: 680, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const cut = await page.evaluate(() =>
      Array.from(
        document.querySelectorAll('table, pre, svg'),
        (one) => [one.tagName, Math.round(one.getBoundingClientRect().right)] as const,
      ).filter(([, right]) => right > innerWidth),
    );
    expect(cut).toEqual([]);
  });

  // The page lets no script in, also not that of the checker: it is looked at without its policy.
  const open_ = written(out, 'open.html', readFileSync(file, 'utf8').replace(/<meta http-equiv[^>]*>/, ''));
  test.each(VIEWS)('%s: axe-core finds no fault', async (_, view) => {
    const { page } = await open(pathToFileURL(open_).href, view);
    await expectAccessible(page);
  });

  test('scripts that found their way into it do not run', async () => {
    const html = readFileSync(file, 'utf8').replace(
      '</main>',
      '</main><script>document.title = "mine"</script>',
    );
    const { page, faults } = await open(pathToFileURL(written(out, 'evil.html', html)).href);
    expect(await page.title()).toBe('2 scenarios – Warmpool');
    expect(faults.join()).toContain('Content Security Policy');
  });
});
