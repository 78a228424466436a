import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { LONG } from '../long.ts';

/** Debian's Chromium; CHROMIUM names another. */
const PATH = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to look at pages with; without one the tests are skipped, and say so. */
export const HAS_CHROMIUM = existsSync(PATH);
if (!HAS_CHROMIUM) console.warn(`SKIPPED: no Chromium at ${PATH}; apt-get install chromium, or set CHROMIUM`);

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** How a page is looked at: at its narrowest and darkest, and, where there is time, as it is on a desk. */
export const VIEWS: readonly [name: string, view: View][] = [
  ['dark, on a phone', { colorScheme: 'dark', width: 390, height: 844 }],
  ...(LONG
    ? ([
        ['dark', { colorScheme: 'dark' }],
        ['light', {}],
        ['on a phone', { width: 390, height: 844 }],
      ] as [string, View][])
    : []),
];

/** A page, and what it should not have done. */
export interface Watched {
  readonly page: Page;
  /** Messages of errors and warnings, and addresses asked for beyond the page's own. */
  readonly faults: readonly string[];
}

/** A browser for the tests of a file. */
export function useChromium(): (url: string, view?: View) => Promise<Watched> {
  let browser: Browser;
  /** A page opens in a third of the time where it, or one like it, was open before: its program is compiled already. */
  const free: Page[] = [];
  const used: Page[] = [];
  beforeAll(async () => {
    if (!HAS_CHROMIUM) return;
    browser = await chromium.launch({
      executablePath: PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterEach(async () => {
    for (const page of used.splice(0)) {
      if (page.isClosed()) continue;
      page.removeAllListeners();
      // Left open, it would go on with its work.
      await page.goto('about:blank');
      free.push(page);
    }
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (url, { width = 1100, height = 900, colorScheme = 'light' } = {}) => {
    const page = free.pop() ?? (await browser.newPage());
    used.push(page);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, media: null });
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const asked = request.url();
      if (asked.split('#')[0] !== url.split('#')[0] && !/^(blob|data):/.test(asked))
        faults.push(`asked for ${asked}`);
    });
    await page.goto(url);
    return { page, faults };
  };
}

/** Expects that axe-core, a checker of WCAG 2 A and AA, finds nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Violation[] }> };
    };
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
    );
  });
  expect(found).toEqual([]);
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
