import { ask, query } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { hasEnded, money, plural } from "/assets/lib/format.js";
import { pager } from "/assets/lib/pager.js";
import { badge, emptyState } from "/assets/lib/parts.js";
import { companyDrawer } from "/assets/research/drawer.js";
import { scoreMeter, tierMark } from "/assets/research/tiers.js";

const pageSize = 50;
const searchPageSize = 500;
const mostFound = 200;
const typingPauseMs = 250;
/** While a job runs, a search looks at all of its companies anew no oftener than this. */
const searchEveryMs = 5000;

/** What stands in place of reasons while there are none. */
const stateOf = (item) => (item.problem ? item.problem.detail ?? item.problem.title : item.status === "searched" ? "Sources found; being read" : item.status === "queued" ? "Waiting to be searched" : "");

/** Letters as they are compared: without case and accents. */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Searches the names of a job's companies: the API gives out all of them, page by page. */
function nameSearch(id) {
  let known = { key: null, tier: null, at: 0, items: [] };
  return async (job, tier, text) => {
    const key = `${job.counts?.completed}/${job.counts?.failed}/${job.status}`;
    if (known.tier !== tier || (known.key !== key && (hasEnded(job.status) || Date.now() - known.at > searchEveryMs))) {
      const items = [];
      let cursor = null;
      do {
        const page = await ask(`/v1/research/${id}/results${query({ tier, cursor, limit: searchPageSize })}`);
        items.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor);
      known = { key, tier, at: Date.now(), items };
    }
    return { items: known.items.filter((item) => folded(item.company).includes(folded(text))).slice(0, mostFound), next_cursor: null };
  };
}

/** The companies of a job by score: `refresh(job)` asks and shows. @param refreshNow Called when another part of the list is wanted. */
export function resultTable(id, refreshNow) {
  const given = new URLSearchParams(location.search);
  const filter = { tier: given.get("tier") ?? "", q: given.get("q") ?? "" };
  const pages = pager(refreshNow, { newer: "Higher scores", older: "Lower scores" });
  const drawer = companyDrawer(() => listed);
  const search = nameSearch(id);
  let listed = [];
  let tiers = [];
  let typing = null;

  function changed() {
    pages.reset();
    history.replaceState(null, "", location.pathname + query(filter));
    refreshNow();
  }

  function makeRow(item) {
    const score = scoreMeter();
    const tier = tierMark();
    const mark = badge();
    const open = element("button", { type: "button", class: "row-name", onclick: () => drawer.open(item.id) }, item.company);
    const classification = element("td", { class: "wide" });
    const because = element("td", { class: "wide because" });
    const note = element("div", { class: "hint narrow" });
    const cost = element("td", { class: "wide number" });
    const node = element("tr", {}, element("td", { class: "score-cell" }, score.node), element("td", {}, element("div", { class: "company" }, open, tier.node, mark.node), note), classification, because, cost);
    return {
      node,
      update(now) {
        const isDone = now.status === "completed";
        score.update(isDone ? now.score : null, now.tier, tiers);
        tier.update(isDone ? now.tier : null, tiers);
        mark.node.hidden = isDone;
        mark.update(now.status, now.status === "searched" ? "Reading" : now.status === "queued" ? "Waiting" : null);
        setText(classification, isDone ? now.classification : "");
        setText(note, isDone ? now.classification : stateOf(now));
        setText(because, isDone ? now.reasons?.[0]?.text ?? "Nothing found that speaks for it." : stateOf(now));
        setText(cost, now.cost?.amount ? money(now.cost.amount) : "–");
        drawer.update(now, tiers);
      },
    };
  }

  /** A button for each tier with its count, the first for all. */
  function showTiers(job) {
    const choices = [["", "All", job.counts?.total ?? 0], ...Object.entries(job.tiers ?? {}).map(([tier, number]) => [tier, tier, number])];
    keyed(place("tiers"), [null, ...choices], (choice) => (choice ? `tier ${choice[0]}` : "legend"), (choice) => {
      if (!choice) return { node: place("tiers").querySelector("legend"), update: () => {} };
      const number = element("small");
      const input = element("input", { type: "radio", name: "tier", value: choice[0], onchange: () => { filter.tier = choice[0]; changed(); } });
      input.checked = choice[0] === filter.tier;
      return { node: element("label", { class: "tier-choice" }, input, element("span", {}, choice[1], " ", number)), update: (now) => setText(number, now[2]) };
    });
  }

  place("list").append(pages.node);
  place("q").value = filter.q;
  place("filters").addEventListener("submit", (event) => event.preventDefault());
  place("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { filter.q = place("q").value.trim(); changed(); }, typingPauseMs);
  });

  return {
    async refresh(job) {
      tiers = Object.keys(job.tiers ?? {});
      showTiers(job);
      const answer = filter.q ? await search(job, filter.tier, filter.q) : await ask(`/v1/research/${id}/results${query({ tier: filter.tier, cursor: pages.cursor, limit: pageSize })}`);
      listed = answer.items;
      place("loading")?.remove();
      keyed(place("rows"), listed, (item) => item.id, makeRow);
      place("results").hidden = listed.length === 0;
      place("empty").hidden = listed.length > 0;
      if (listed.length === 0) {
        place("empty").replaceChildren(filter.q || filter.tier
          ? emptyState("No company like this", filter.q ? "No name contains these letters." : hasEnded(job.status) ? "None ended in this tier." : "None has this tier so far.")
          : emptyState("No companies", `${plural(job.reports?.length ?? 0, "row")} of the list could not be used.`));
      }
      pages.update(answer.next_cursor);
    },
  };
}
