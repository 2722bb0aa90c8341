import { element, setText } from "/assets/lib/dom.js";
import { hasEnded, kindName, money, plural, stageName } from "/assets/lib/format.js";
import { badge, stageBars } from "/assets/lib/parts.js";
import { documentActions } from "/assets/batches/actions.js";

/** One document in a list that lives: name, a bar for each stage, cost, what can be done. @param after Called when something was done. */
export function documentRow(item, after) {
  const mark = badge();
  const note = element("span", { class: "hint" });
  const problems = element("p", { class: "row-problem" });
  const cost = element("div", { class: "cost" });
  const calls = element("div", { class: "hint" });
  const bars = stageBars(item.file_name);
  const actions = documentActions(item, after);
  const node = element("li", { class: "document-row" },
    element("div", { class: "document-name" }, element("a", { class: "name", href: `/documents/${item.id}` }, item.file_name), element("div", { class: "row-note" }, mark.node, note)),
    bars.node, element("div", { class: "document-cost" }, cost, calls), actions.node, problems);
  return {
    node,
    update(now) {
      mark.update(now.status, now.waiting_for ? `Waiting for ${now.waiting_for}` : null);
      setText(note, hasEnded(now.status)
        ? `${kindName(now.kind)}, ${plural(now.total_pages ?? 0, "page")}${now.duplicate_of ? ", seen before" : ""}`
        : now.status === "queued" ? "" : `${stageName(now.stage)}${now.pages_processed > 0 ? `, ${now.pages_processed} of ${now.total_pages ?? "?"} pages` : ""}`);
      bars.update(now);
      setText(cost, money(now.cost?.amount ?? 0));
      setText(calls, now.cost?.calls || now.cost?.calls_saved ? `${plural(now.cost.calls, "call")}, ${now.cost.calls_saved} saved` : "");
      problems.hidden = now.problems.length === 0;
      setText(problems, now.problems.slice(0, 2).map((problem) => `${problem.page ? `Page ${problem.page}: ` : ""}${problem.detail ?? problem.title}`).join(" ") + (now.problems.length > 2 ? ` And ${now.problems.length - 2} more.` : ""));
      actions.update(now);
    },
  };
}
