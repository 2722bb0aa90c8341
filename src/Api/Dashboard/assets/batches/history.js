import { ask, query } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { duration, hasEnded, money, plural, secondsBetween, when } from "/assets/lib/format.js";
import { badge, bar, emptyState } from "/assets/lib/parts.js";
import { pager } from "/assets/lib/pager.js";
import { batchActions } from "/assets/batches/actions.js";

const pageSize = 20;

/** The words for how many documents ended how. */
function tally(counts = {}) {
  const parts = [[counts.completed, "completed"], [counts.partial, "partial"], [counts.failed, "failed"], [counts.cancelled, "cancelled"], [counts.rejected, "rejected"]];
  return parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(", ") || "none done yet";
}

/** The colour of a batch's bar. */
export const toneOfBatch = (batch) => (!hasEnded(batch.status) ? "live" : batch.status === "completed" ? "good" : batch.status === "cancelled" ? "none" : batch.status === "failed" ? "bad" : "warn");

/** Spent, with the cap where there is one. */
export const spent = (batch) => `${money(batch.cost?.amount ?? 0)}${batch.budget_usd ? ` of ${money(batch.budget_usd)}` : ""}`;

/** Time left while it runs, else how long it took. */
export function timeOf(batch) {
  if (!hasEnded(batch.status)) return batch.eta_seconds === null || batch.eta_seconds === undefined ? `for ${duration(secondsBetween(batch.created_at))}` : `${duration(batch.eta_seconds)} left`;
  return batch.ended_at ? `took ${duration(secondsBetween(batch.started_at ?? batch.created_at, batch.ended_at))}` : "";
}

function makeRow(batch, after) {
  const name = `Batch of ${when(batch.created_at)}`;
  const mark = badge();
  const total = bar(name);
  const share = element("span", { class: "share" });
  const counts = element("span", { class: "hint" });
  const note = element("div", { class: "hint" });
  const cost = element("div", { class: "cost" });
  const time = element("div", { class: "hint" });
  const actions = batchActions(batch, after);
  const node = element("li", { class: "batch-row" },
    element("div", {}, element("a", { class: "name", href: `/batches/${batch.id}` }, name), note),
    element("div", { class: "batch-bar" }, element("div", { class: "batch-line" }, mark.node, counts, share), total.node),
    element("div", { class: "batch-money" }, cost, time), actions.node);
  return {
    node,
    update(now) {
      mark.update(now.status);
      total.update(now.progress, toneOfBatch(now));
      setText(share, `${now.progress} %`);
      setText(counts, tally(now.counts));
      setText(note, plural(now.counts?.total ?? 0, "file"));
      setText(cost, spent(now));
      setText(time, timeOf(now));
      actions.update(now);
    },
  };
}

/** The list of all batches: `refresh()` asks and shows; it answers true when none is under way. */
export function batchHistory(refreshNow) {
  const list = place("batches");
  const pages = pager(refreshNow);
  place("history").append(pages.node);
  const filter = place("batch-status");
  filter.addEventListener("change", () => { pages.reset(); refreshNow(); });
  return async () => {
    const answer = await ask(`/v1/batches${query({ status: filter.value, cursor: pages.cursor, limit: pageSize })}`);
    place("loading")?.remove();
    keyed(list, answer.items, (batch) => batch.id, (batch) => makeRow(batch, refreshNow));
    const empty = place("no-batches");
    empty.hidden = answer.items.length > 0;
    if (!empty.hidden) empty.replaceChildren(filter.value ? emptyState("No batch like this", "Choose another status.") : emptyState("No batches yet", "Drop files above, and they are worked on together. What ran before is kept here."));
    pages.update(answer.next_cursor);
    return answer.items.every((batch) => hasEnded(batch.status));
  };
}
