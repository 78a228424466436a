import { BASE_STYLE } from '../report/style.ts';

/** The explorer's style: settings at the side, results beside them; one below the other where the page is narrow. */
export const EXPLORER_STYLE = `${BASE_STYLE}
body{padding:1rem}
header,footer,.columns{max-width:82rem;margin:0 auto}
h2{margin-top:1.6rem}
main{min-width:0}
.columns{display:grid;grid-template-columns:21rem minmax(0,1fr);gap:0 2rem;align-items:start;margin-top:.5rem}
.panel{position:sticky;top:.5rem;max-height:calc(100vh - 1rem);overflow-y:auto;padding-right:.5rem}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 .8rem;padding:.2rem .8rem .6rem;min-width:0}
legend{font-weight:600;padding:0 .3rem}
.setting{display:grid;grid-template-columns:minmax(0,1fr) 6.2rem;gap:0 .5rem;align-items:center;margin:.35rem 0;font-size:.875rem}
.setting input[type=range]{grid-column:1/-1;width:100%;accent-color:var(--s0);margin:.1rem 0}
.setting select{min-width:0;width:100%;grid-column:1/-1}
input[type=number],select,button{font:inherit;font-size:.875rem;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:4px;padding:.2rem .35rem;max-width:100%}
input[type=number]{text-align:right;width:100%}
.inline input[type=number]{width:5rem}
button{cursor:pointer}
button:disabled{color:var(--quiet);border-color:var(--line);cursor:default}
:focus-visible{outline:3px solid var(--s0);outline-offset:1px}
.row{display:flex;flex-wrap:wrap;gap:.4rem .8rem;align-items:center;margin:.4rem 0}
.inline{font-size:.875rem;max-width:100%}
.inline select{max-width:100%}
.file{font-size:.875rem;border:1px solid var(--quiet);border-radius:4px;padding:.2rem .35rem;cursor:pointer}
.file input{position:absolute;width:1px;height:1px;opacity:0}
.file:focus-within{outline:3px solid var(--s0);outline-offset:1px}
.answer{font-size:1.1rem;border-left:4px solid var(--s0);padding:.1rem 0 .1rem .9rem;margin:.2rem 0 .8rem}
.warning{border-left:4px solid var(--s1);padding:.1rem 0 .1rem .9rem}
.coarse td{color:var(--quiet)}
.stale{filter:grayscale(1)}
.note{grid-column:1/-1;font-size:.75rem}
summary{font-weight:600;cursor:pointer;margin-bottom:.3rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.plot{min-height:10rem}
.u-wrap{position:relative}.u-wrap canvas{position:absolute;left:0;top:0;width:100%;height:100%}.u-over,.u-under{position:absolute}.u-axis{position:absolute}.u-legend{display:none}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:0;margin:.3rem 0;font-size:.875rem}
.swatch{display:inline-block;width:1rem;height:.7rem}
.swatch.line{height:0;border-top:2px solid var(--ink);vertical-align:middle}
.map td{padding:1px;border:0}
.map caption{text-align:left;padding-bottom:.3rem}
.map button{width:100%;min-width:4.2rem;border:1px solid transparent;border-radius:2px;padding:.35rem .3rem}
.map button[aria-pressed=true]{border-color:var(--ink);box-shadow:0 0 0 2px var(--ink)}
@media (max-width:56rem){.columns{grid-template-columns:minmax(0,1fr)}.panel{top:auto;bottom:0;order:2;max-height:40vh;background:var(--paper);border-top:2px solid var(--line);padding-top:.5rem;z-index:2}}
@media (max-width:56rem){body{padding:.75rem}html{scroll-padding-bottom:42vh}}
@media (min-width:56.01rem){.panel summary{display:none}}
`;
