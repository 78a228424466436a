import { serveEngine } from './engine.ts';
import { showPage } from './page.tsx';

/** One script is both: in the page it shows what there is, and in a worker, which the page makes of it, it simulates. */
if ('document' in globalThis) showPage(document.currentScript!.textContent!);
else serveEngine();
