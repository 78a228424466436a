import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { resident } from '../cli/resident.ts';
import { ROOT } from '../cli/spawn.ts';
import { temporaryFolder, written } from '../cli/temporary.ts';
import { LONG } from '../long.ts';
import { expectAccessible, HAS_CHROMIUM, useChromium, VIEWS } from './chromium.ts';

const open = useChromium();
const out = temporaryFolder();
const exported = join(out, 'page.html');
const url = pathToFileURL(exported).href;

/** The article's crossover without other tenants, whose requests are most of the work. */
const LIGHT = ['--set', 'platforms.replicate.background=none', '--replications', '3'];

beforeAll(async () => {
  const file = join(ROOT, 'scenarios', 'flux-dev-crossover.yaml');
  expect((await resident(['explore', file, ...LIGHT, '--export', exported])).code).toBe(0);
});

/** Until every part is of the settings now, and until the figures are. */
const done = (page: Page) => page.locator('[data-state=done]').waitFor({ timeout: 60_000 });

const known = (page: Page) =>
  page.locator('[data-state=working], [data-state=done]').waitFor({ timeout: 60_000 });

/** The text of summary.csv that the page saves. */
async function saved(page: Page): Promise<string> {
  await known(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'save summary.csv' }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** What the command line writes for a scenario. */
async function ran(file: string, name: string, ...words: string[]): Promise<string> {
  const { code, stderr } = await resident(['run', file, '--out', out, '--quiet', ...words]);
  expect([0, 3], stderr).toContain(code);
  return readFileSync(join(out, name, 'summary.csv'), 'utf8');
}

describe.runIf(HAS_CHROMIUM)('the explorer in Chromium', () => {
  test.each([
    'fine-tune-shop',
    ...(LONG ? ['flux-dev-crossover', 'launch-day', 'runpod-scalers', 'all-platforms'] : []),
  ])('has every cell of summary.csv as the command line has it: %s', { timeout: 120_000 }, async (name) => {
    const file = join(ROOT, 'scenarios', `${name}.yaml`);
    const page_ = join(out, `${name}.html`);
    const words = LONG ? [] : ['--replications', '4'];
    expect((await resident(['explore', file, ...words, '--export', page_])).code).toBe(0);
    const { page, faults } = await open(pathToFileURL(page_).href);
    expect(await saved(page)).toBe(await ran(file, name, ...words));
    expect(faults).toEqual([]);
  });

  test('sliders change the results; the link and the YAML bring them back', {
    timeout: 120_000,
  }, async () => {
    const { page, faults } = await open(url);
    const before = await saved(page);
    const slider = page.getByLabel('keep_warm', { exact: true });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByLabel('arrivals').selectOption('on-off');
    await page.getByLabel('requests, an hour: exact value').fill('120');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('keep_warm') && location.hash.includes('480'));
    expect(await slider.getAttribute('aria-valuetext')).toBe('2');
    const after = await saved(page);
    expect(after).not.toBe(before);

    const link = page.url();

    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.body.dataset.copied = text;
      };
    });
    const copied = async (name: string) => {
      await page.getByRole('button', { name }).click();
      await page.getByRole('status').filter({ hasText: 'copied' }).waitFor();
      return (await page.evaluate(() => document.body.dataset.copied))!;
    };
    expect(await copied('copy link')).toBe(link);
    const yaml = await copied('copy as scenario YAML');
    expect(yaml).toContain('keep_warm: 2');
    expect(await ran(written(out, 'copied.yaml', yaml), 'flux-dev-crossover')).toBe(after);

    await page.getByRole('button', { name: 'reset' }).click();
    expect(await saved(page)).toBe(before);
    await page.goBack();
    expect(await saved(page)).toBe(after);
    await page.goForward();
    expect(await saved(page)).toBe(before);
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'mine.yaml'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    }, yaml);
    await page.waitForFunction(() => !location.hash.includes('&set='));
    expect(await saved(page)).toBe(after);
    await page.goBack();
    expect(await saved(page)).toBe(before);

    await page.goto('about:blank');
    await page.goto(link);
    expect(await saved(page)).toBe(after);
    expect(await slider.getAttribute('aria-valuetext')).toBe('2');
    expect(faults.filter((one) => one !== 'asked for about:blank')).toEqual([]);
  });

  test('says of every part whether it is of the settings now, and asks only for what has changed', {
    timeout: 120_000,
  }, async () => {
    const { page, faults } = await open(url);
    await done(page);
    const staleAt = (action: () => Promise<unknown>) =>
      // What is stale in the very moment after an action, before any answer.
      action().then(() =>
        page
          .locator('section[aria-busy=true]')
          .evaluateAll((all) => all.map((one) => one.getAttribute('aria-labelledby')!.split('-')[0])),
      );
    const save = page.getByRole('button', { name: 'save summary.csv' });
    await page.evaluate(() => {
      // Answers are held back.
      const { postMessage } = Worker.prototype;
      (globalThis as { release?: () => void }).release = () => undefined;
      Worker.prototype.postMessage = function (this: Worker, message: unknown) {
        (globalThis as { release?: () => void }).release = () => postMessage.call(this, message);
      };
    });
    const release = () => page.evaluate(() => (globalThis as { release?: () => void }).release!());
    expect(await staleAt(() => page.getByRole('spinbutton', { name: /^hour/ }).fill('7'))).toEqual(['pool']);
    expect(await save.isEnabled()).toBe(true);
    await release();
    await done(page);
    expect(await staleAt(() => page.getByLabel('show').selectOption('latency_p95_s'))).toEqual([]);
    expect(await staleAt(() => page.getByLabel('keep_warm', { exact: true }).press('ArrowRight'))).toEqual([
      'summary',
      'curve',
      'map',
      'pool',
    ]);
    expect(await save.isEnabled()).toBe(false);
    expect(await page.locator('[data-state]').textContent()).not.toContain('the same numbers');
    await release();
    await done(page);
    expect(faults).toEqual([]);
  });

  test('does not make a change with which the scenario would be wrong, and says why', async () => {
    const { page, faults } = await open(url);
    await known(page);
    const exact = page.getByLabel('most containers: exact value').first();
    await page.getByLabel('keep_warm', { exact: true }).press('End');
    await exact.fill('3');
    await exact.press('Enter');
    expect(await page.locator('[role=alert]').textContent()).toMatch(
      /That was not done: .*max_containers, which is 3/,
    );
    expect(await exact.inputValue()).toBe('10');
    await page.getByRole('slider', { name: 'requests an hour' }).press('ArrowRight');
    expect(await page.locator('[role=alert]').count()).toBe(0);
    // What is no such number at all is not even tried.
    await exact.fill('0.5');
    await exact.press('Enter');
    expect(await exact.inputValue()).toBe('10');
    expect(await page.locator('[role=alert]').count()).toBe(0);
    expect(await page.getByLabel('arrivals').isVisible()).toBe(true);
    await known(page);
    expect(faults).toEqual([]);
  });

  test('the whole map fills, and a cell of it sets both settings', { timeout: 120_000 }, async () => {
    const { page, faults } = await open(url);
    await done(page);
    expect(await page.locator('.map td button').count()).toBe(49);
    expect(await page.locator('.map button[aria-pressed=true]').count()).toBe(1);
    const cell = page.getByRole('button', { name: /^2 kept warm, window 300 s/ });
    // From the settings now, 1 and 60 s, by arrows.
    await page.locator('.map button[aria-pressed=true]').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await cell.and(page.locator('[aria-pressed=true]')).waitFor();
    await done(page);
    expect(await cell.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(
      await page.getByLabel('container_idle_timeout s', { exact: true }).getAttribute('aria-valuetext'),
    ).toBe('300 s');
    expect(await page.getByText('is cheaper below').textContent()).toMatch(/replicate is cheaper below \d+/);
    expect(faults).toEqual([]);
  });

  test.runIf(LONG)('every preset runs', { timeout: 180_000 }, async () => {
    const { page, faults } = await open(`${url}#preset=crossover`);
    const select = page.getByLabel('begin with');
    const names = await select
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      await select.selectOption(name);
      await page.locator('tbody td').first().waitFor();
      await page.locator('[data-state=working], [data-state=done]').first().waitFor({ timeout: 60_000 });
      expect(await page.locator('[role=alert]').count(), name).toBe(0);
    }
    expect(faults).toEqual([]);
  });

  test('says what is wrong with a scenario', async () => {
    const broken = await open(`${url}#yaml=${encodeURIComponent('name: x\ntraffic: []\nplatforms: 3\n')}`);
    const said = await broken.page.locator('[role=alert]').allTextContents();
    expect(await broken.page.locator('table').count()).toBe(0);
    expect(said.join('\n')).toMatch(/line \d+:\d+: (traffic|platforms): expected/);
    const log = await open(
      `${url}#yaml=${encodeURIComponent('name: x\ntraffic: [{process: trace, file: a.csv, time_column: t}]\nplatforms: {a: {kind: dedicated, machines: 1, usd_per_hour: 1, seconds_per_image: 1}}\n')}`,
    );
    expect(await log.page.locator('[role=alert]').textContent()).toContain(
      'it reads a.csv, which a page cannot',
    );
  });

  test.each(VIEWS)(
    '%s: fits, can be used by keyboard, and axe-core finds no fault',
    { timeout: 60_000 },
    async (_, view) => {
      // The policy of the page lets no checker in: without it the page is the same.
      const free = written(
        out,
        'free.html',
        readFileSync(exported, 'utf8').replace(/<meta http-equiv[^>]*>/, ''),
      );
      const { page } = await open(pathToFileURL(free).href, view);
      await done(page);
      await page.locator('.map td button').last().waitFor();
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      const reached = new Set<string>();
      for (let k = 0; k < 70; k++) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate(
            () => document.activeElement!.id || document.activeElement!.textContent!.slice(0, 20),
          ),
        );
      }
      for (const one of ['copy link', 'traffic.0.rate', 'platforms.modal.keep_warm', 'slo.latency_p95'])
        expect([...reached]).toContain(one);
    },
  );
});
