import { send } from "/assets/lib/api.js";
import { element } from "/assets/lib/dom.js";
import { money } from "/assets/lib/format.js";
import { act, bar, toast } from "/assets/lib/parts.js";

/**
 * Shows how a budget stands and sets its limit.
 * @param scope What the API calls it: `day`, `document`, the id of a batch.
 * @param note A sentence about it.
 * @param budget As the API tells it.
 * @param onSet Called when a limit was set.
 */
export function budgetForm(scope, name, note, budget, onSet = () => {}) {
  const limit = Number(budget.limit_usd);
  // What every document may spend is a rule, and nothing is spent from a rule.
  const isSpent = scope !== "document";
  const level = bar(`${name}: spent`);
  level.update(budget.limit_usd ? (Number(budget.spent_usd) / Math.max(limit, 1e-9)) * 100 : 0, Number(budget.spent_usd) >= limit ? "bad" : "live");
  level.node.hidden = !budget.limit_usd || !isSpent;
  const standing = [`${money(budget.spent_usd)} spent`, Number(budget.held_usd) > 0 ? `${money(budget.held_usd)} held for calls under way` : null, budget.remaining_usd ? `${money(budget.remaining_usd)} left` : null];
  const input = element("input", { inputmode: "decimal", autocomplete: "off", placeholder: "No limit", size: 10, value: budget.limit_usd ?? "" });
  const button = element("button", { type: "submit" }, "Set");
  const problem = element("p", { class: "field-problem", role: "alert" });
  const form = element("form", { class: "budget", "aria-label": name },
    element("div", {}, element("h3", {}, name), element("p", { class: "hint" }, isSpent ? `${standing.filter(Boolean).join(", ")}. ${note}` : note), level.node),
    element("div", { class: "form-row" }, element("label", { class: "field" }, element("span", {}, "Limit in US dollars"), input), button), problem);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(button, async () => {
      const text = input.value.trim().replace(",", ".");
      problem.textContent = "";
      try {
        const now = await send("PUT", `/v1/budgets/${scope}`, { limit_usd: text === "" ? null : text });
        form.replaceWith(budgetForm(scope, name, note, now, onSet));
        toast(now.limit_usd ? `${name}: at most ${money(now.limit_usd)}.` : `${name}: no limit.`);
        onSet();
      } catch (fault) {
        problem.textContent = fault.words ?? fault.message;
        input.focus();
      }
    });
  });
  return form;
}
