import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, resolve } from 'node:path';
import type { Argv } from 'yargs';
import { formatProblem } from '../../scenario/problem.ts';
import { EXIT, FileError, UsageError } from '../exit-code.ts';
import { explorerPage } from '../explorer-page.ts';
import { interruption } from '../interruption.ts';
import { loadText, readText } from '../load-scenario.ts';
import { type OverrideArgs, once, overrideOptions, overridesOf } from '../options.ts';
import { probeFolder, writeFiles } from '../output.ts';
import { systemMessage } from '../system-message.ts';

export function builder<T>(args: Argv<T>) {
  return overrideOptions(args)
    .positional('file', { type: 'string', describe: 'a scenario file [default: the article’s crossover]' })
    .option('port', {
      type: 'string',
      requiresArg: true,
      describe: 'port on 127.0.0.1 [default: a free one]',
    })
    .option('export', {
      type: 'string',
      requiresArg: true,
      describe: 'write the page to a file, which works without a server, and end',
    })
    .example('$0', 'begin with the article’s claims')
    .example('$0 my.yaml --export my.html', 'a page to keep or to send');
}

export interface ExploreArgs extends OverrideArgs {
  file?: string | undefined;
  port?: string | string[] | undefined;
  export?: string | string[] | undefined;
}

/** @returns the exit code, when the user ends it */
export async function handler(args: ExploreArgs): Promise<number> {
  const port = portOf(once('port', args.port));
  const target = once('export', args.export);
  if (target !== undefined && !/\.html?$/i.test(target))
    throw new UsageError(`--export ${target}: expected a file name that ends in .html`);
  const page = await pageOf(args);
  if (target === undefined) return serve(page, port);
  const folder = dirname(resolve(target));
  probeFolder(folder);
  writeFiles(folder, [], () => ({ name: basename(target), pieces: [page] }));
  process.stdout.write(`Wrote ${target}\n`);
  return EXIT.done;
}

/** The page, with a scenario in it. */
async function pageOf(args: ExploreArgs): Promise<string> {
  const overrides = overridesOf(args);
  if (args.file === undefined && overrides.length > 0)
    throw new UsageError(
      `${overrides[0]!.option}: name a scenario file whose value it is to take the place of`,
    );
  let given = 'null';
  if (args.file !== undefined) {
    const yaml = readText(args.file);
    const { warnings, inputs } = await loadText(yaml, args.file, overrides);
    for (const warning of warnings) process.stderr.write(`${formatProblem(warning)}\n`);
    if (inputs.length > 0)
      throw new UsageError(
        `${args.file}: it reads ${inputs.map(({ file }) => file).join(', ')}, which a page cannot: warmpool fit finds an arrival process for a log`,
      );
    // No end of an element may stand in it.
    const changes = overrides.map(({ path, value }) => ({ path, value }));
    given = JSON.stringify({ yaml, changes }).replaceAll('<', '\\u003c');
  }
  return explorerPage().replace(
    /(<script type="application\/json" id="scenario">)null/,
    (_, tag) => `${tag}${given}`,
  );
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port ${text}: expected a whole number from 1 to 65535`);
}

/** Serves the page to this machine alone, until it is interrupted. */
async function serve(page: string, port: number): Promise<number> {
  const { signal, release } = interruption();
  const server = createServer((request, response) => answer(request, response, page));
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', (error) =>
        fail(new FileError(`port ${port} of 127.0.0.1: ${systemMessage(error)}; give another --port`)),
      );
      server.listen(port, '127.0.0.1', done);
    });
    const { port: given } = server.address() as AddressInfo;
    process.stdout.write(`Explore at http://127.0.0.1:${given}/ (Ctrl-C ends)\n`);
    await new Promise<void>((done) => {
      if (signal.aborted) done();
      signal.addEventListener('abort', () => done(), { once: true });
    });
    return EXIT.done;
  } finally {
    release();
    server.close();
    server.closeAllConnections();
  }
}

/** Only a browser that was given our own address is answered: no other site's name may lead here. */
function answer({ method, url, headers }: IncomingMessage, response: ServerResponse, page: string): void {
  const isOurs = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '');
  const status = !isOurs ? 403 : method !== 'GET' && method !== 'HEAD' ? 405 : url === '/' ? 200 : 404;
  response.writeHead(status, {
    'content-type': status === 200 ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  const said: Record<number, string> = {
    403: 'this is for 127.0.0.1 alone',
    404: 'the page is at /',
    405: 'the page can only be read',
  };
  response.end(method === 'HEAD' ? '' : (said[status] ?? page));
}
