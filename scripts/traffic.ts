/** Makes docs/TRAFFIC.md and its pictures: drawn counts of every process beside Poisson's at the same rate. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { trafficPage } from './traffic-page.ts';

mkdirSync('docs/pictures', { recursive: true });
for (const [name, text] of trafficPage()) writeFileSync(`docs/${name}`, text);
