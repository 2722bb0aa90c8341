import { ask, query } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { duration, hasEnded, money, plural, secondsBetween, toneOf, when } from "/assets/lib/format.js";
import { badge, bar, emptyState } from "/assets/lib/parts.js";
import { pager } from "/assets/lib/pager.js";
import { jobActions, jobName } from "/assets/research/jobActions.js";
import { tallyOfTiers } from "/assets/research/tiers.js";

const pageSize = 20;

/** Time left while it runs, else how long it took. */
export function timeOf(job) {
  if (!hasEnded(job.status)) return job.eta_seconds === null || job.eta_seconds === undefined ? `for ${duration(secondsBetween(job.created_at))}` : `${duration(job.eta_seconds)} left`;
  return job.ended_at ? `took ${duration(secondsBetween(job.created_at, job.ended_at))}` : "";
}

/** Spent, with the cap where there is one. */
export const spent = (job) => `${money(job.cost?.amount ?? 0)}${job.budget_usd ? ` of ${money(job.budget_usd)}` : ""}`;

/** How the companies ended that have no result. */
function lost({ failed = 0, cancelled = 0 } = {}) {
  return [[failed, "failed"], [cancelled, "cancelled"]].filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(", ");
}

function makeRow(job, after) {
  const name = jobName(job);
  const mark = badge();
  const total = bar(name);
  const share = element("span", { class: "share" });
  const counts = element("span", { class: "hint" });
  const cost = element("div", { class: "cost" });
  const time = element("div", { class: "hint" });
  const actions = jobActions(job, after);
  const note = [plural(job.counts?.total ?? 0, "company", "companies"), when(job.created_at), job.submitted_by ? `by ${job.submitted_by}` : null].filter(Boolean).join(" · ");
  const node = element("li", { class: "job-row" },
    element("div", {}, element("a", { class: "name", href: `/research/${job.id}` }, name), element("div", { class: "hint" }, note)),
    element("div", { class: "job-bar" }, element("div", { class: "job-line" }, mark.node, counts, share), total.node),
    element("div", { class: "job-money" }, cost, time), actions.node);
  return {
    node,
    update(now) {
      mark.update(now.status);
      total.update(now.progress, toneOf(now.status));
      setText(share, `${now.progress} %`);
      setText(counts, [tallyOfTiers(now.tiers), lost(now.counts)].filter(Boolean).join(", ") || "none done yet");
      setText(cost, spent(now));
      setText(time, timeOf(now));
      actions.update(now);
    },
  };
}

/** The list of all jobs: `refresh()` asks and shows. */
export function jobHistory(refreshNow) {
  const pages = pager(refreshNow);
  place("history").append(pages.node);
  return async () => {
    const answer = await ask(`/v1/research${query({ cursor: pages.cursor, limit: pageSize })}`);
    place("loading")?.remove();
    keyed(place("jobs"), answer.items, (job) => job.id, (job) => makeRow(job, refreshNow));
    const empty = place("no-jobs");
    empty.hidden = answer.items.length > 0;
    if (!empty.hidden) {
      empty.replaceChildren(emptyState("No research yet", "Drop a list above or type a few names. To see how it looks, try ", element("code", {}, "samples/companies.csv"), ": twelve invented companies with pages of their own."));
    }
    pages.update(answer.next_cursor);
  };
}
