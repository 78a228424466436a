import { DARK, LIGHT } from './palette.ts';

function values(tones: Readonly<Record<string, string>>): string {
  return Object.entries(tones)
    .map(([name, color]) => `--${name}:${color}`)
    .join(';');
}

/** The style sheet of report and explorer alike: colours of light and dark, type, tables. */
export const BASE_STYLE = `
:root{color-scheme:light dark;${values(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${values(DARK)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.2rem 0 .5rem;border-top:1px solid var(--line);padding-top:1.2rem}
h3{font-size:1rem;margin:1.4rem 0 .25rem}
p{margin:.5rem 0}
a{color:var(--s0)}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
thead th{color:var(--quiet);font-weight:600;white-space:normal;vertical-align:bottom}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
`;

/** What the report adds: one column for reading, figures, print. */
export const REPORT_STYLE = `${BASE_STYLE}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
.answer p{margin:0}
.answer{font-size:1.15rem;border-left:4px solid var(--s0);padding:.1rem 0 .1rem .9rem;margin:1rem 0}
.warning{border-left:4px solid var(--s1);padding:.1rem 0 .1rem .9rem;margin:.6rem 0}
figure{margin:.8rem 0}
figcaption{color:var(--quiet);font-size:.875rem}
.chart{display:block;width:100%;height:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.5rem 0;font-size:.875rem}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}
@media (max-width:40rem){main{padding:1rem .75rem 3rem}.wide{min-width:38rem}.scroll{background:linear-gradient(to right,transparent calc(100% - 1rem),var(--line)) right/100% 100% no-repeat}}
@media print{:root{${values(LIGHT)}}main{max-width:none;padding:0}figure,.cards>section,tr{break-inside:avoid}h2,h3{break-after:avoid}.wide{min-width:0}.scroll{overflow:visible}table{font-size:.7rem;width:100%}th,td{white-space:normal;padding:.15rem .3rem}pre{white-space:pre-wrap;font-size:.7rem}}
@page{margin:15mm}
`;
