import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCENARIO } from '../scenario/problems.ts';
import { MAIN, warmpool } from './spawn.ts';
import { temporaryFolder, written } from './temporary.ts';

const out = temporaryFolder();
const file = written(
  out,
  'one.yaml',
  SCENARIO.replace('name:', '# </script><script>alert(1)</script>\nname:'),
);

interface Got {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () =>
        resolve({ status: response.statusCode!, type: response.headers['content-type']!, text }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('warmpool explore', () => {
  test('serves one page, to this machine alone, until it is interrupted', async () => {
    const child = spawn(process.execPath, [MAIN, 'explore', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      const said = await new Promise<string>((resolve) =>
        child.stdout.once('data', (data) => resolve(String(data))),
      );
      const [, port] = /^Explore at http:\/\/127\.0\.0\.1:(\d+)\/ \(Ctrl-C ends\)\n$/.exec(said) ?? [];
      const page = await get(Number(port), '/');
      expect([page.status, page.type]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('usd_per_second');
      expect(page.text).not.toContain('</script><script>alert');
      expect((await get(Number(port), '/', {}, 'HEAD')).text).toBe('');
      expect((await get(Number(port), '/other')).status).toBe(404);
      expect((await get(Number(port), '/', {}, 'POST')).status).toBe(405);
      expect((await get(Number(port), '/', { host: 'evil.example' })).status).toBe(403);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('says that a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await warmpool(['explore', '--port', String(port)]);
    server.close();
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/port \d+ of 127\.0\.0\.1: .*in use.*another --port/),
    ]);
  });

  test('writes the page to a file, with what was set on the command line', async () => {
    const target = join(out, 'new', 'page.html');
    const { code, stdout } = await warmpool([
      'explore',
      file,
      '--set',
      'platforms.modal.keep_warm=3',
      '--export',
      target,
    ]);
    expect([code, stdout]).toEqual([0, `Wrote ${target}\n`]);
    const page = readFileSync(target, 'utf8');
    expect(page).toContain('"changes":[{"path":["platforms","modal","keep_warm"],"value":3}]');
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
  });

  test.each([
    [['missing.yaml'], /cannot be read/],
    [['--port', '0'], /expected a whole number from 1 to 65535/],
    [['--export', 'page.pdf'], /expected a file name that ends in \.html/],
    [['--set', 'seed=2'], /name a scenario file/],
    [['LOG', '--export', 'log.html'], /it reads log\.csv, which a page cannot/],
    [['--exprot', 'x.html'], /did you mean "--export"/],
  ])('%j is refused', async (words, message) => {
    written(out, 'log.csv', 'time\n1\n2\n');
    const log = written(
      out,
      'log.yaml',
      SCENARIO.replace(
        /traffic:[\s\S]*?platforms:/,
        'traffic:\n  - { process: trace, file: log.csv, time_column: time }\nplatforms:',
      ),
    );
    const { code, stdout, stderr } = await warmpool(
      ['explore', ...words.map((word) => (word === 'LOG' ? log : word))],
      { cwd: out },
    );
    expect([code, stdout], stderr).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(existsSync(join(out, 'log.html'))).toBe(false);
  });
});
