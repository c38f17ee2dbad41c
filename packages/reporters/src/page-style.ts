/** The look of the HTML report, by day and by night. */
export const pageStyle = `:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --dim: #59636e; --line: #d1d9e0;
  --card: #f6f8fa; --red: #b3141f; --yellow: #7d4e00; --green: #17692a; --blue: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --dim: #9198a1; --line: #3d444d; --card: #151b23; --red:
    #ff7b72; --yellow: #e3b341; --green: #56d364; --blue: #79c0ff; }
}
body { margin: 0 auto; padding: 1rem 1.5rem 3rem; max-width: 80rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
header { border-left: .4rem solid var(--line); padding-left: 1rem; }
header.error { border-color: var(--red); } header.warn { border-color: var(--yellow); }
header.pass { border-color: var(--green); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } p { margin: .2rem 0; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.dim { color: var(--dim); font-weight: normal; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
article { border: 1px solid var(--line); border-radius: .4rem; background: var(--card); padding: .5rem .8rem; margin: .5rem 0; }
.badge { border: 1px solid; border-radius: 1rem; padding: 0 .5rem; font-size: .85em; }
.badge.error, td.violation { color: var(--red); } .badge.warn, td.undecided { color: var(--yellow); }
.badge.info { color: var(--blue); } td.pass { color: var(--green); } td.not-applicable { color: var(--dim); }
td.violation, td.undecided { background: var(--card); font-weight: bold; }
.scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: .4rem; }
table { border-collapse: separate; border-spacing: 0; min-width: 100%; font-size: .9rem; }
th, td { padding: .15rem .3rem; border-bottom: 1px solid var(--line); text-align: center; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { position: sticky; top: 0; background: var(--paper); vertical-align: bottom; z-index: 1; line-height: 1.2;
  padding-top: .4rem; }
th[scope=row], thead th:first-child { position: sticky; left: 0; background: var(--paper); text-align: left;
  padding-left: .6rem; }
thead th:first-child { z-index: 2; }
thead span { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: normal; }
@media (max-width: 40rem) {
  body { padding: 1rem .8rem 3rem; }
  table { font-size: .8rem; }
  th[scope=row] { white-space: normal; overflow-wrap: anywhere; min-width: 7rem; max-width: 9rem; }
}
@media print { .scroll { overflow: visible; max-height: none; } article { break-inside: avoid; } }
details { margin: 1rem 0; } summary { cursor: pointer; font-weight: 600; }
`;
