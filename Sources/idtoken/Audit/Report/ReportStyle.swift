//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The style of the page: for light and dark screens, wide and narrow ones, and paper.
enum ReportStyle {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --panel: #f4f6f8; --ink: #1b1f24; --faint: #57606a; --line: #d0d7de;
          --verified: #1f6fb2; --rejected: #c0281f; --undecided: #7d5b00; --key: #4f7a3a; --link: #0a58ca;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #12161b; --panel: #1c2229; --ink: #e8edf2; --faint: #a3adb8; --line: #3a434d;
            --verified: #69b1f0; --rejected: #ff8378; --undecided: #e3bf53; --key: #93c47d; --link: #8ab8ff;
          }
        }
        @media print {
          :root {
            --paper: #ffffff; --panel: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb;
            --verified: #1f6fb2; --rejected: #c0281f; --undecided: #7d5b00; --key: #4f7a3a; --link: #000000;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1rem clamp(0.75rem, 2vw, 2rem) 3rem; max-width: 110rem;
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          color: var(--ink); background: var(--paper); overflow-wrap: anywhere;
        }
        h1 { font-size: 1.5rem; margin: 0 0 0.25rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 0.25rem; }
        p { margin: 0.25rem 0 0.75rem; max-width: 75rem; }
        a { color: var(--link); }
        code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
        em { color: var(--faint); }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; margin: 0.75rem 0; }
        .alarm { border-left: 0.3rem solid var(--rejected); background: var(--panel); padding: 0.5rem 0.75rem; }
        .note, small { color: var(--faint); }
        dl.totals { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1rem 0; }
        dl.totals div {
          flex: 1 1 8rem; background: var(--panel); border: 1px solid var(--line); border-top: 0.3rem solid var(--line);
          border-radius: 0.3rem; padding: 0.4rem 0.75rem;
        }
        dl.totals dt { color: var(--faint); }
        dl.totals dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
        dl.totals .verified { border-top-color: var(--verified); }
        dl.totals .rejected { border-top-color: var(--rejected); }
        dl.totals .undecided { border-top-color: var(--undecided); }

        .lane { display: grid; grid-template-columns: 22rem minmax(0, 1fr); gap: 0 1rem; align-items: center; }
        .lane { border-top: 1px solid var(--line); padding: 0.2rem 0; break-inside: avoid; }
        .lane .name { font-size: 0.87rem; line-height: 1.3; }
        .lane .name small { display: block; }
        .lane svg { width: 100%; display: block; overflow: hidden; }
        .axis { border-top: 0; }
        .lane.axis svg { overflow: visible; }
        .axis .name { color: var(--faint); }
        svg text { font-size: 11px; fill: var(--faint); font-variant-numeric: tabular-nums; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .base { stroke: var(--faint); stroke-width: 1; }
        svg .verified { fill: var(--verified); stroke: var(--verified); }
        svg .rejected { fill: var(--rejected); stroke: var(--rejected); }
        svg .undecided { fill: url(#stripes); stroke: var(--undecided); }
        svg rect { stroke-width: 0; }
        svg rect.undecided { stroke-width: 0.75; }
        svg .bar { stroke-width: 8; stroke-linecap: square; }
        svg .bar.undecided { stroke-dasharray: 3 2; stroke-linecap: butt; }
        svg .bar.valid { stroke: var(--faint); stroke-width: 3; }
        svg .bar.late { stroke: var(--rejected); }
        svg .bar.conflict { stroke: var(--rejected); stroke-dasharray: 3 2; stroke-linecap: butt; }
        svg .bar.seen { stroke: var(--key); }
        svg .bar.gap { stroke: var(--paper); stroke-width: 10; stroke-linecap: butt; }
        svg .bar.absent { stroke: var(--undecided); stroke-width: 2; stroke-dasharray: 3 3; }
        #stripes path { stroke: var(--undecided); stroke-width: 2; }
        svg.definitions { position: absolute; width: 0; height: 0; }
        .legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; margin: 0.5rem 0; list-style: none; }
        .legend svg { width: 22px; height: 12px; vertical-align: -1px; margin-right: 0.4rem; }

        .tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin: 0.5rem 0; }
        .tools input, select { font: inherit; padding: 0.25rem 0.5rem; width: 16rem; max-width: 100%; }
        .tools input, select, button {
          color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 0.25rem;
        }
        button { font: inherit; padding: 0.25rem 0.6rem; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
        .table { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.3rem; }
        table { border-collapse: collapse; width: 100%; font-size: 0.84rem; }
        th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; border-bottom: 1px solid var(--line); }
        thead th { background: var(--panel); position: sticky; top: 0; overflow-wrap: normal; }
        th button { border: 0; padding: 0; background: none; font-weight: inherit; text-align: inherit; }
        th[aria-sort=ascending] button::after { content: " ▲"; }
        th[aria-sort=descending] button::after { content: " ▼"; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        tbody tr:nth-child(even) { background: var(--panel); }
        td.text, td.time { min-width: 5.3rem; }
        td.wide { min-width: 8.5rem; }
        td.time span { display: inline-block; white-space: nowrap; }
        td.number { overflow-wrap: normal; }
        .order { display: none; }
        td code { overflow-wrap: anywhere; }
        table.plain { width: auto; }
        pre { white-space: pre-wrap; background: var(--panel); padding: 0.5rem 0.75rem; font-size: 0.84rem; margin: 0.5rem 0; }

        @media screen and (max-width: 75rem) {
          svg text.odd { display: none; }
        }
        @media screen and (max-width: 50rem) {
          .lane { grid-template-columns: minmax(0, 1fr); }
          .axis .name { display: none; }
          .table { border: 0; overflow: visible; }
          .table table, .table tbody, .table tr { display: block; }
          .table thead { display: none; }
          .order { display: inline; }
          .table tr { border: 1px solid var(--line); border-radius: 0.3rem; margin: 0 0 0.6rem; padding: 0.3rem 0.5rem; }
          .table td { display: block; position: relative; border: 0; padding: 0.1rem 0 0.1rem 9rem; min-height: 1.5em; }
          .table td.time span { display: inline; }
          .table td.number { text-align: left; }
          .table td::before { color: var(--faint); position: absolute; left: 0; width: 8.5rem; }
          .table td:empty { display: none; }
        }
        @media print {
          body { padding: 0; font-size: 9pt; max-width: none; }
          nav, .tools { display: none; }
          .table { overflow: visible; border: 0; }
          table { font-size: 6.5pt; }
          th, td { padding: 1pt 3pt; }
          td.text, td.time, td.wide { min-width: 0; }
          thead th { position: static; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          .lane { grid-template-columns: 15rem minmax(0, 1fr); }
          .lane .name { font-size: 7.5pt; }
          svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          @page { size: A4 landscape; margin: 12mm; }
        }

        """
}
#endif
