import { Fragment } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { stringify } from 'yaml';
import { plain } from '../core/plain-number.ts';
import { priceBooks } from '../platforms/prices/table.ts';
import { CrossoverSection } from './crossover-section.tsx';
import { originsOf } from './origins.ts';
import { MoneySection, TimeSection } from './part-sections.tsx';
import type { Manifest, Results } from './results.ts';
import { HourSections, SummaryTable } from './run-sections.tsx';
import { REPORT_STYLE } from './style.ts';
import { SweepSection } from './sweep-section.tsx';

/** Nothing is loaded and nothing runs. Styles are in the page: the drawings give their letters a size. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A page that needs no network and no script. */
export function reportPage(results: readonly Results[]): string {
  const title = results.length === 1 ? manifestOf(results[0]!).scenario : `${results.length} scenarios`;
  const body = renderToString(
    <main>
      {results.length > 1 && (
        <nav aria-label="scenarios">
          <h1>{title}</h1>
          <ul>
            {results.map((one, k) => (
              <li key={one.folder}>
                <a href={`#r${k}`}>{manifestOf(one).scenario}</a> <span class="quiet">({one.folder})</span>:{' '}
                {headline(one).lines[0]}
              </li>
            ))}
          </ul>
        </nav>
      )}
      {results.map((one, k) => (
        <ResultsOf key={one.folder} results={one} id={`r${k}`} />
      ))}
    </main>,
  );
  const head = renderToString(
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="generator" content={`warmpool ${manifestOf(results[0]!).warmpool}`} />
      <title>{`${title} – Warmpool`}</title>
      <style dangerouslySetInnerHTML={{ __html: REPORT_STYLE }} />
    </head>,
  );
  return `<!DOCTYPE html>\n<html lang="en">\n${head}\n<body>\n${body}\n</body>\n</html>\n`;
}

/** The manifest of the first that is there. */
function manifestOf({ run, sweep, crossover }: Results): Manifest {
  return (run ?? sweep ?? crossover)!.manifest;
}

/** The first sentence of the first part that has one, with the lines that belong to it, and whose it is. */
function headline({ run, sweep, crossover }: Results): { lines: readonly string[]; from: unknown } {
  const from = [run, sweep, crossover].find((one) => one && one.manifest.answer.length > 0);
  const [first, ...rest] = from?.manifest.answer ?? [];
  if (first === undefined) return { lines: [], from: undefined };
  return { lines: [first, ...(first.endsWith(':') ? rest.filter((line) => /^ {2}/.test(line)) : [])], from };
}

function ResultsOf({ results, id }: { results: Results; id: string }) {
  const { run, sweep, crossover, changed, isMixed } = results;
  const manifest = manifestOf(results);
  const {
    lines: [first, ...listed],
    from,
  } = headline(results);
  const warnings = [...new Set([run, sweep, crossover].flatMap((one) => one?.manifest.warnings ?? []))];
  return (
    <article id={id}>
      <h1>{manifest.scenario}</h1>
      {manifest.description && <p>{manifest.description}</p>}
      <p class="quiet small">{asked(manifest)}</p>
      <ul class="quiet small">
        {Object.entries(manifest.traffic).map(([name, words]) => (
          <li key={name}>
            {name}: {words}
          </li>
        ))}
      </ul>
      {first !== undefined && (
        <div class="answer">
          <p>{first}</p>
          {listed.length > 0 && (
            <ul>
              {listed.map((line) => (
                <li key={line}>{line.trim()}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {changed.map((file) => (
        <p key={file} class="warning">
          {file} is not as it was written: it was changed after the simulation.
        </p>
      ))}
      {isMixed && (
        <p class="warning">
          The tables below were made from different versions of the scenario or of its inputs, or with another
          seed: do not compare them.
        </p>
      )}
      {warnings.map((line) => (
        <p key={line} class="warning">
          {line}
        </p>
      ))}
      {run && (
        <>
          <SummaryTable {...run} />
          <MoneySection summary={run.summary} id={id} />
          <TimeSection summary={run.summary} id={id} />
          <HourSections {...run} id={id} />
        </>
      )}
      {sweep && <SweepSection {...sweep} id={`${id}-sweep`} isTold={from === sweep} />}
      {crossover && <CrossoverSection {...crossover} id={`${id}-crossover`} isTold={from === crossover} />}
      <Assumptions manifest={manifest} />
      <Origin results={results} />
    </article>
  );
}

/** What was simulated, in a line. */
function asked({ duration_s, replications, slo }: Manifest): string {
  const length =
    duration_s % 86_400 === 0 ? `${duration_s / 86_400} days` : `${plain(duration_s / 3600, 4)} hours`;
  const runs = replications === 1 ? 'one run' : `${replications} independent runs`;
  const bounds = Object.entries(slo).map(([name, bound]) => `${name.replace('_', ' ')} at most ${bound} s`);
  return `${runs} of ${duration_s === 86_400 ? 'one day' : length}${bounds.length > 0 ? `; SLO: ${bounds.join(', ')}` : ''}`;
}

/** What was taken for granted. */
function Assumptions({ manifest }: { manifest: Manifest }) {
  const { platforms, prices } = manifest;
  const book = priceBooks.find(({ name }) => name === prices);
  return (
    <section>
      <h2>What was assumed</h2>
      <div class="cards">
        {Object.entries(platforms).map(([name, facts]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {Object.entries(facts).map(([fact, words]) => (
                <Fragment key={fact}>
                  <dt>{fact}</dt>
                  <dd>{words}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <h3>Prices</h3>
      <p>
        Prices and speeds that the scenario does not give are those of{' '}
        {book ? 'the price book' : 'the price file'} {prices}.
      </p>
      {book && (
        <ul class="small">
          {originsOf(book, manifest).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Where the numbers come from: once for all parts where they have it in common. */
function Origin({ results }: { results: Results }) {
  const { run, sweep, crossover, isMixed } = results;
  const manifests = [run, sweep, crossover].flatMap((one) => one?.manifest ?? []);
  return (
    <section>
      <h2>Where this comes from</h2>
      {(isMixed ? manifests : manifests.slice(0, 1)).map((manifest) => (
        <dl key={manifest.command}>
          <dt>{isMixed ? manifest.command : 'commands'}</dt>
          <dd>
            {(isMixed ? [manifest] : manifests).map(({ command_line }) => (
              <div key={command_line}>
                <code>{command_line}</code>
              </div>
            ))}
          </dd>
          <dt>program</dt>
          <dd>warmpool {manifest.warmpool}</dd>
          <dt>seed</dt>
          <dd>{String(manifest.seed)}</dd>
          <dt>scenario, SHA-256</dt>
          <dd>
            <code>{manifest.scenario_sha256}</code>
          </dd>
          {manifest.inputs.map(({ file, sha256 }) => (
            <Fragment key={file}>
              <dt>{file}, SHA-256</dt>
              <dd>
                <code>{sha256}</code>
              </dd>
            </Fragment>
          ))}
        </dl>
      ))}
      <details>
        <summary>The scenario, as it was run</summary>
        <pre class="scroll">
          <code>{stringify(manifests[0]!.written)}</code>
        </pre>
      </details>
    </section>
  );
}
