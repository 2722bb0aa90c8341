import { ask } from "/assets/lib/api.js";
import { budgetForm } from "/assets/lib/budgetForm.js";
import { barTable, columnChart } from "/assets/lib/chart.js";
import { element, place } from "/assets/lib/dom.js";
import { count, money, when } from "/assets/lib/format.js";
import { act, emptyState, figure, showTrouble, skeleton } from "/assets/lib/parts.js";

const groupings = ["day", "model", "batch"];
const scopes = [["day", "Today, everything together", "Resets at midnight, UTC."], ["document", "Each document", "Holds for every document without a limit of its own."]];
const total = Object.fromEntries(["Spent", "Calls", "Calls saved", "Tokens read", "Tokens written"].map((name) => [name, figure(place("total"), name)]));
const heads = ["Spent", "Calls", "Saved", "Tokens"];
const longestDays = 31;

const cells = (cost) => [money(cost.amount), count(cost.calls), count(cost.calls_saved), count(cost.input_tokens + cost.output_tokens)];

function showTotal({ total: cost }) {
  total.Spent(money(cost.amount), cost.estimated ? "in part estimated" : "");
  total.Calls(count(cost.calls), cost.unanswered_calls > 0 ? `and ${count(cost.unanswered_calls)} unanswered` : "");
  total["Calls saved"](count(cost.calls_saved));
  total["Tokens read"](count(cost.input_tokens));
  total["Tokens written"](count(cost.output_tokens));
}

/** Every day from the first to the last, so that a day without spending is a gap that one sees. */
function everyDay(items) {
  const known = new Map(items.map((item) => [item.day, Number(item.cost.amount)]));
  const last = new Date(`${items.at(-1).day}T00:00:00Z`);
  const first = new Date(Math.max(new Date(`${items[0].day}T00:00:00Z`), last - (longestDays - 1) * 86400000));
  const days = [];
  for (let at = first; at <= last; at = new Date(at.getTime() + 86400000)) {
    const name = at.toISOString().slice(0, 10);
    days.push({ name, short: at.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }), value: known.get(name) ?? 0 });
  }
  return days;
}

/** What a line of the report is called. */
function nameOf(grouping, item, batches) {
  if (grouping !== "batch") return item[grouping] ?? "Not known";
  if (!item.batch) return "Outside of batches";
  const batch = batches.find((candidate) => candidate.id === item.batch);
  return batch ? `Batch of ${when(batch.created_at)}` : item.batch;
}

function showGroup(grouping, { items }, batches) {
  const target = place(`by-${grouping}`);
  const used = items.filter((item) => Number(item.cost.amount) > 0 || item.cost.calls > 0 || item.cost.calls_saved > 0);
  if (used.length === 0) {
    target.replaceChildren(emptyState("Nothing spent", "The built-in reader costs nothing. What a paid model costs appears here."));
    return;
  }
  const rows = used.map((item) => ({
    name: nameOf(grouping, item, batches), link: grouping === "batch" && item.batch ? `/batches/${item.batch}` : null,
    value: Number(item.cost.amount), cells: cells(item.cost),
  }));
  if (grouping === "day") {
    target.replaceChildren(columnChart("Spent a day", everyDay(used), money),
      element("details", {}, element("summary", {}, "As a table"), barTable("Spent by day", ["Day", ...heads], rows.reverse())));
  } else {
    target.replaceChildren(barTable(`Spent by ${grouping}`, [grouping === "model" ? "Model" : "Batch", ...heads], rows.sort((a, b) => b.value - a.value)));
  }
}

async function refresh() {
  try {
    const [batches, budgets, ...groups] = await Promise.all([
      ask("/v1/batches?limit=100").then((list) => list.items, () => []), Promise.all(scopes.map(([scope]) => ask(`/v1/budgets/${scope}`))), ...groupings.map((name) => ask(`/v1/usage?group_by=${name}`))]);
    showTotal(groups[0]);
    groups.forEach((group, index) => showGroup(groupings[index], group, batches));
    place("budgets").replaceChildren(...budgets.map((budget, index) => budgetForm(...scopes[index], budget)));
    showTrouble(place("trouble"), null);
  } catch (problem) {
    for (const waiting of document.querySelectorAll(".skeleton")) waiting.remove();
    showTrouble(place("trouble"), problem, refresh);
  }
}

place("refresh").addEventListener("click", (event) => act(event.currentTarget, refresh));
for (const grouping of groupings) place(`by-${grouping}`).replaceChildren(skeleton());
await refresh();
