/**
 * Takes the pictures of the README in Debian's Chromium: the report and the explorer of shipped scenarios.
 * `npx tsx scripts/pictures.ts`, after `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = mkdtempSync(join(tmpdir(), 'warmpool-pictures-'));
const made = (...words: string[]) => {
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...words], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
};
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function picture(file: string, into: string, height: number, isReady?: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height }, colorScheme: 'light' });
  await page.goto(pathToFileURL(file).href);
  if (isReady) await page.locator(isReady).last().waitFor({ timeout: 60_000 });
  await page.screenshot({ path: join('docs/pictures', into) });
  await page.close();
}

try {
  made('report', 'results/crossover-a100', '--out', join(folder, 'report.html'), '--quiet');
  made('explore', 'scenarios/flux-dev-crossover.yaml', '--export', join(folder, 'explorer.html'));
  await picture(join(folder, 'report.html'), 'report.png', 1150);
  await picture(join(folder, 'explorer.html'), 'explorer.png', 1250, '[data-state=done]');
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
