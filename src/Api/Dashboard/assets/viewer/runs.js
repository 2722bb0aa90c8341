import { ask } from "/assets/lib/api.js";
import { element, place } from "/assets/lib/dom.js";
import { count, money, percent, plural, sentence, when } from "/assets/lib/format.js";
import { showTrouble } from "/assets/lib/parts.js";
import { api, textOf } from "/assets/viewer/state.js";

const reading = (side) => (side === null ? element("span", { class: "hint" }, "–") : element("span", {}, textOf(side.value), " ", element("span", { class: "hint" }, `${percent(side.confidence)}${side.page ? `, p. ${side.page}` : ""}`)));
const titleOf = (run) => `${when(run.started_at)}${run.current ? " (now)" : ""}`;

/** Fills a section when it is opened, and says so when that fails. */
function whenOpened(section, fill) {
  const body = section.querySelector(".details-body");
  const load = async () => {
    try {
      body.replaceChildren(...await fill());
    } catch (problem) {
      const trouble = element("div", { role: "alert" });
      body.replaceChildren(trouble);
      showTrouble(trouble, problem, load);
    }
  };
  section.addEventListener("toggle", () => section.open && load());
  return () => section.open && load();
}

function differences(diff) {
  if (diff.identical) return [element("p", { class: "hint" }, "Both runs read the same.")];
  const { added, removed, changed, unchanged } = diff.summary;
  return [element("p", { class: "hint" }, `${changed} changed, ${added} added, ${removed} gone, ${unchanged} the same`),
    ...diff.accounts.filter((account) => account.fields.length > 0 || account.tables.some((table) => table.rows_added + table.rows_removed > 0)).map((account) => element("div", { class: "rows" }, element("table", {},
      element("caption", {}, account.account_number ? `Account ${account.account_number}` : "Whole document"),
      element("thead", {}, element("tr", {}, ["Field", "Before", "After"].map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, account.fields.map((field) => element("tr", { class: field.change }, element("th", { scope: "row" }, sentence(field.key ?? field.name), " ", element("span", { class: "hint" }, field.change)), element("td", {}, reading(field.from)), element("td", {}, reading(field.to)))),
        account.tables.filter((table) => table.rows_added + table.rows_removed > 0).map((table) => element("tr", {}, element("th", { scope: "row" }, sentence(table.name)), element("td", {}, plural(table.rows_from, "row")), element("td", {}, `${plural(table.rows_to, "row")}: ${table.rows_added} new, ${table.rows_removed} gone`)))))))];
}

async function fillRuns() {
  const { items } = await ask(`${api}/runs`);
  const list = element("div", { class: "rows" }, element("table", {}, element("thead", {}, element("tr", {}, ["Run", "Read by", "Fields", "Cost"].map((head, index) => element("th", { scope: "col", class: index > 1 ? "number" : null }, head)))),
    element("tbody", {}, items.map((run) => element("tr", {}, element("th", { scope: "row" }, titleOf(run)), element("td", {}, [run.provider, run.model].filter(Boolean).join(" ") || "–"), element("td", { class: "number" }, count(run.fields)), element("td", { class: "number" }, run.cost ? money(run.cost.amount) : "–"))))));
  if (items.length < 2) return [list, element("p", { class: "hint" }, "When the document has run again, what changed can be seen here.")];
  const choice = (chosen) => element("select", {}, items.map((run, index) => element("option", { value: run.run_id, selected: index === chosen }, titleOf(run))));
  const [from, to] = [choice(1), choice(0)];
  const outcome = element("div", { "aria-live": "polite" });
  const compare = async () => {
    try {
      outcome.replaceChildren(...differences(await ask(`${api}/runs/${from.value}/diff/${to.value}`)));
    } catch (problem) {
      outcome.replaceChildren(element("p", { class: "field-problem" }, problem.message));
    }
  };
  from.addEventListener("change", compare);
  to.addEventListener("change", compare);
  await compare();
  return [list, element("div", { class: "form-row" }, element("label", { class: "field" }, element("span", {}, "From"), from), element("label", { class: "field" }, element("span", {}, "To"), to)), outcome];
}

async function fillReviews() {
  const { items } = await ask(`${api}/reviews`);
  if (items.length === 0) return [element("p", { class: "hint" }, "Nobody has reviewed a field yet.")];
  return [element("ol", { class: "reviews" }, items.toReversed().map((item) => element("li", {}, element("span", {}, `${sentence(item.name)} ${item.action}`, item.action === "corrected" ? [": ", element("del", {}, textOf(item.previous_value)), " → ", element("ins", {}, textOf(item.value))] : item.action === "added" ? `: ${textOf(item.value)}` : ""),
    element("span", { class: "hint" }, ` ${item.actor}, ${when(item.at)}${item.note ? `. ${item.note}` : ""}`))))];
}

/** Makes both sections work; answers what to call when the document changed. */
export function prepareRuns() {
  const again = [whenOpened(place("runs"), fillRuns), whenOpened(place("reviews"), fillReviews)];
  return () => again.forEach((load) => load());
}
