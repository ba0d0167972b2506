//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// The script of the page, which makes the tables sortable and filters them.
///
/// Without it the page shows all rows.
enum ReportScript {
    static let text = """
        "use strict";
        (function () {
          // A browser lays out some hundred rows at once; of more, the first are shown until all are asked for.
          const firstRows = 100;

          function element(name, properties) {
            return Object.assign(document.createElement(name), properties);
          }

          function value(row, column, isNumber) {
            const cell = row.cells[column];
            const order = cell.dataset.order;
            const text = order || cell.textContent.trim();
            if (text === "") return null;
            return isNumber || order ? parseFloat(text.replace(/,/g, "")) : text;
          }

          // Rows without a value come last in both orders.
          function compare(left, right, sign) {
            if (left === null || right === null) return (left === null) - (right === null);
            return sign * (left < right ? -1 : left > right ? 1 : 0);
          }

          function prepare(section) {
            const table = section.querySelector(".table table");
            const body = table.tBodies[0];
            const heads = Array.from(table.tHead.rows[0].cells);
            let rows = Array.from(body.rows);
            let texts = null;
            let showsAll = false;

            const filter = element("input", { type: "search", autocomplete: "off" });
            const label = element("label", { textContent: "Filter " });
            label.append(filter);
            const count = element("output", {});
            const all = element("button", { type: "button" });
            // On narrow screens, where the heads of the columns are not shown, this sorts.
            const order = element("select", {});
            heads.forEach(head => order.append(element("option", { textContent: head.textContent })));
            order.selectedIndex = -1;
            const orderLabel = element("label", { className: "order", textContent: "Sort by " });
            orderLabel.append(order);
            const tools = element("div", { className: "tools" });
            tools.append(label, orderLabel, count, all);
            section.querySelector(".table").before(tools);

            function show() {
              const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
              if (words.length > 0 && !texts) {
                texts = new Map(rows.map(row =>
                  [row, Array.from(row.cells, cell => cell.textContent).join(" ").toLowerCase()]));
              }
              const found = words.length === 0 ? rows
                : rows.filter(row => words.every(word => texts.get(row).includes(word)));
              const shown = showsAll ? found : found.slice(0, firstRows);
              body.replaceChildren(...shown);
              count.textContent = shown.length.toLocaleString("en") + " of " + found.length.toLocaleString("en")
                + (words.length === 0 ? " rows shown" : " matching rows shown");
              all.hidden = shown.length === found.length;
              all.textContent = "Show all " + found.length.toLocaleString("en");
            }

            function sort(column) {
              const head = heads[column];
              const isNumber = head.classList.contains("number");
              const before = head.getAttribute("aria-sort");
              // Of numbers the largest are wanted first.
              const ascends = before ? before === "descending" : !isNumber;
              heads.forEach(other => other.removeAttribute("aria-sort"));
              head.setAttribute("aria-sort", ascends ? "ascending" : "descending");
              order.selectedIndex = column;
              const values = new Map(rows.map(row => [row, value(row, column, isNumber)]));
              const sign = ascends ? 1 : -1;
              rows.sort((left, right) => compare(values.get(left), values.get(right), sign));
              show();
            }

            heads.forEach((head, column) => {
              const button = element("button", { type: "button", textContent: head.textContent });
              head.replaceChildren(button);
              button.addEventListener("click", () => sort(column));
            });
            order.addEventListener("change", () => sort(order.selectedIndex));
            filter.addEventListener("input", show);
            all.addEventListener("click", () => { showsAll = true; show(); });
            show();
          }

          for (const section of document.querySelectorAll("section")) {
            if (section.querySelector(".table")) prepare(section);
          }
        }());

        """
}
#endif
