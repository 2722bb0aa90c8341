import { element, place } from "/assets/lib/dom.js";
import { money, percent, plural } from "/assets/lib/format.js";
import { badge } from "/assets/lib/parts.js";
import { hostOf, sourceLink } from "/assets/research/sourceLinks.js";
import { scoreMeter, tierMark } from "/assets/research/tiers.js";

/** A reason with the words it rests on, and whether its source has them. */
function reasonOf(reason, titles) {
  const mark = element("span", { class: "support", data: { supported: String(reason.supported) } }, reason.supported ? "Words found in the source" : "Words not found in the source");
  return element("li", { class: "reason" },
    element("p", { class: "reason-text" }, reason.text),
    reason.quote ? element("blockquote", {}, reason.quote) : null,
    element("p", { class: "reason-source" }, mark, reason.source_url ? sourceLink(reason.source_url, titles.get(reason.source_url) ?? hostOf(reason.source_url)) : "No source named"));
}

const sourceOf = (source) => element("li", { class: "source" },
  element("div", {}, sourceLink(source.url, source.title), element("div", { class: "hint" }, hostOf(source.url))),
  element("span", { class: "hint number", title: "How well it fits the question" }, percent(source.score)));

function section(title, ...children) {
  return element("section", {}, element("h3", {}, title), children);
}

/** What is known of one company, beside the table: `open(id)`, `update(item, tiers)`. @param listed Answers the companies in the order of the table. */
export function companyDrawer(listed) {
  const dialog = place("drawer");
  let shown = null;
  let ranks = [];

  function draw(item) {
    const score = scoreMeter();
    const tier = tierMark();
    const isDone = item.status === "completed";
    score.update(isDone ? item.score : null, item.tier, ranks);
    tier.update(isDone ? item.tier : null, ranks);
    const titles = new Map((item.sources ?? []).map((source) => [source.url, source.title]));
    const order = listed().map((other) => other.id);
    const at = order.indexOf(item.id);
    const step = (to, word, label) => element("button", { type: "button", class: "small", disabled: order[to] === undefined, "aria-label": label, onclick: () => go(to, label) }, word);
    dialog.setAttribute("aria-labelledby", "drawer-title");
    dialog.replaceChildren(
      element("header", { class: "drawer-head" },
        element("div", { class: "actions" }, step(at - 1, "Previous", "Previous company"), step(at + 1, "Next", "Next company")),
        element("button", { type: "button", class: "small quiet", "aria-label": "Close", onclick: () => dialog.close() }, "Close")),
      element("h2", { id: "drawer-title", tabindex: -1 }, item.company),
      element("div", { class: "drawer-verdict" }, score.node, element("div", {}, element("div", { class: "drawer-line" }, tier.node, isDone ? null : badge(item.status).node, element("strong", {}, isDone ? item.classification : "")),
        element("p", { class: "hint" }, [item.country, `${money(item.cost?.amount ?? 0)} spent`, item.attempts > 1 ? `${item.attempts} attempts` : null].filter(Boolean).join(" · ")))),
      item.problem ? element("div", { class: "trouble" }, element("div", {}, element("strong", {}, item.problem.title), item.problem.detail ?? "")) : "",
      ...(item.remarks ?? []).map((remark) => element("p", { class: "notice" }, remark)),
      isDone ? section("Reasons", item.reasons?.length > 0 ? element("ol", { class: "reasons" }, item.reasons.map((reason) => reasonOf(reason, titles))) : element("p", { class: "hint" }, "Nothing was found that speaks for or against it.")) : "",
      item.sources?.length > 0 ? section(plural(item.sources.length, "source"), element("ul", { class: "sources" }, item.sources.map(sourceOf))) : "");
  }

  function go(to, label) {
    const next = listed()[to];
    if (!next) return;
    show(next);
    (dialog.querySelector(`button[aria-label="${label}"]:not(:disabled)`) ?? dialog.querySelector("h2")).focus();
  }

  function show(item) {
    shown = item.id;
    draw(item);
    dialog.scrollTop = 0;
  }

  dialog.addEventListener("close", () => { shown = null; });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    const at = listed().findIndex((item) => item.id === shown);
    if (event.key === "j" || event.key === "ArrowRight") go(at + 1, "Next company");
    if (event.key === "k" || event.key === "ArrowLeft") go(at - 1, "Previous company");
  });

  return {
    open(id) {
      const item = listed().find((candidate) => candidate.id === id);
      if (!item) return;
      show(item);
      dialog.showModal();
      dialog.querySelector("h2").focus();
    },
    update(item, tiers) {
      ranks = tiers;
      if (item.id === shown) draw(item);
    },
  };
}
