import { render } from 'preact';
import { start } from './actions.ts';
import { Bar, takeDrops } from './bar.tsx';
import { Curve } from './curve.tsx';
import type { Change } from './link.ts';
import { SettingsMap } from './map.tsx';
import { Panel } from './panel.tsx';
import { PoolHour } from './pool.tsx';
import { yamlWith } from './reading.ts';
import { Results } from './results.tsx';

function Page() {
  return (
    <>
      <Bar />
      <div class="columns">
        <Panel />
        <main>
          <Results />
          <Curve />
          <SettingsMap />
          <PoolHour />
        </main>
      </div>
      <footer class="quiet small">
        Warmpool simulates in this page; nothing leaves it. A YAML file that is dropped here is opened.
      </footer>
    </>
  );
}

/** Shows the page. @param script this program's own text, of which the worker is made */
export function showPage(script: string): void {
  const given = JSON.parse(document.getElementById('scenario')!.textContent!) as Given | null;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  start(worker, given ? { yaml: yamlWith(given.yaml, given.changes) } : undefined);
  takeDrops();
  render(<Page />, document.getElementById('page')!);
}

/** What the command line put into the page. */
interface Given {
  readonly yaml: string;
  readonly changes: readonly Change[];
}
