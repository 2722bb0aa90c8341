import { element } from "/assets/lib/dom.js";
import { pagesOf, plural, sentence } from "/assets/lib/format.js";
import { lightListeners, lineMark, rowMark, statementLineMark, statementMissingMark } from "/assets/viewer/marks.js";
import { view } from "/assets/viewer/state.js";

const isFigure = (text) => /^[-(]?[\d.,]+\)?$/.test(text ?? "");

/** A table that was read, with the lines that could not be. */
export function tableView(account, table) {
  const missing = table.unexplained.length;
  const lines = table.unexplained.map((line, index) => element("tr", { class: "missing", data: { mark: lineMark(account, table, index) }, ...lightListeners(lineMark(account, table, index)) },
    element("td", { colspan: Math.max(1, table.columns.length) }, element("strong", {}, "Not read: "), line.text), element("td", {}, turnTo(line.page, `the line “${line.text}”`))));
  return element("div", { class: "rows", tabindex: 0, role: "group", "aria-label": sentence(table.name) }, element("table", {},
    element("caption", {}, sentence(table.name), " ", element("span", { class: missing > 0 ? "note low" : "hint" }, `${table.rows_extracted} of ${table.rows_seen} rows${missing > 0 ? `, ${plural(missing, "line")} could not be read` : ", complete"}`)),
    element("thead", {}, element("tr", {}, table.columns.map((column) => element("th", { scope: "col" }, sentence(column))), element("th", { scope: "col" }, "Page"))),
    element("tbody", {}, lines, table.rows.map((row, index) => element("tr", { data: { mark: rowMark(account, table, index) }, ...lightListeners(rowMark(account, table, index)) },
      table.columns.map((column) => element("td", { class: isFigure(row.cells[column]) ? "number" : null }, row.cells[column] ?? "")), element("td", {}, turnTo(row.page, `row ${index + 1}`)))))));
}

const turnTo = (page, what) => element("button", { type: "button", class: "link", "aria-label": `Page ${page}, ${what}`, onclick: () => view.goTo(page) }, page);

/** A financial statement: lines by period, with the lines that could not be read. */
export function statementView(statement, at) {
  const unit = statement.unit && Number(statement.unit) !== 1 ? ` in units of ${Number(statement.unit).toLocaleString("en")}` : "";
  const missing = statement.unexplained.length;
  const unread = statement.unexplained.map((line, index) => element("tr", { class: "missing", data: { mark: statementMissingMark(at, index) }, ...lightListeners(statementMissingMark(at, index)) },
    element("td", { colspan: statement.periods.length + 1 }, element("strong", {}, "Not read: "), line.text), element("td", {}, turnTo(line.page, `the line “${line.text}”`))));
  return element("section", { class: "account" }, element("h3", {}, sentence(statement.type), " ", element("small", {}, `${pagesOf(statement.pages ?? [])} · ${statement.currency ?? ""}${unit}`)),
    element("div", { class: "rows", tabindex: 0, role: "group", "aria-label": sentence(statement.type) }, element("table", {},
      element("caption", {}, element("span", { class: missing > 0 ? "note low" : "hint" }, `${plural(statement.lines_extracted, "line")}${missing > 0 ? `, ${missing} could not be read in full` : ", complete"}`)),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Line"), statement.periods.map((period) => element("th", { scope: "col", class: "number" }, period)), element("th", { scope: "col" }, "Page"))),
      element("tbody", {}, unread, statement.lines.map((line, index) => element("tr", { data: { mark: statementLineMark(at, index) }, ...lightListeners(statementLineMark(at, index)) },
        element("th", { scope: "row" }, "\u2003".repeat(line.level ?? 0), line.label),
        statement.periods.map((period) => element("td", { class: "number" }, line.values[period] ?? "–")), element("td", {}, line.page ? turnTo(line.page, line.label) : "")))))));
}
