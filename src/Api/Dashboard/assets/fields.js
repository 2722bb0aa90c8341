import { element, percent, words } from "/assets/dom.js";

/** The fields of one account; a click goes to the page that proves the value. */
export function fieldList(account, { listeners, goTo, lowConfidence }) {
  return element("ul", { class: "fields" }, ...account.fields.map((field) => {
    const evidence = field.evidence[0];
    const isLow = field.confidence < lowConfidence || field.status === "conflicting" || field.status === "unsupported";
    const note = `${percent(field.confidence)}${field.status === "supported" ? "" : ` ${field.status}`}${evidence ? ` · p. ${evidence.page}` : ""}`;
    return element("li", {}, element("button", {
      type: "button", data: { mark: field.id }, title: hint(field), ...listeners(field.id), onclick: () => evidence && goTo(evidence.page),
    },
    element("span", { class: "name" }, words(field.value?.key ?? field.name)),
    element("span", { class: "value" }, field.value?.value ?? field.value),
    element("span", { class: isLow ? "note low" : "note" }, note)));
  }));
}

/** A table that was read, with the lines that could not be. */
export function tableView(account, table, { listeners, goTo }) {
  const complete = table.unexplained.length === 0 ? "complete" : `${table.unexplained.length} lines could not be read`;
  return element("div", { class: "rows", tabindex: 0, role: "group", "aria-label": words(table.name) }, element("table", {},
    element("caption", {}, `${words(table.name)}: ${table.rows_extracted} of ${table.rows_seen} rows, ${complete}`),
    element("thead", {}, element("tr", {}, ...table.columns.map((column) => element("th", { scope: "col" }, words(column))))),
    element("tbody", {},
      ...table.rows.map((row, index) => {
        const markId = `${account.index}/${table.name}/${index}`;
        return element("tr", { data: { mark: markId }, ...listeners(markId), onclick: () => goTo(row.page) },
          ...table.columns.map((column) => element("td", {}, row.cells[column] ?? "")));
      }),
      ...table.unexplained.map((line) => element("tr", { onclick: () => goTo(line.page) },
        element("td", { colspan: Math.max(1, table.columns.length) }, `not read: ${line.text}`))))));
}

function hint(field) {
  const printed = field.printed === field.value ? [] : [`printed: ${field.printed}`];
  return [...printed, ...field.alternatives.map((other) => `or: ${other.value} (${percent(other.confidence)}, page ${other.page})`)].join("\n") || null;
}
