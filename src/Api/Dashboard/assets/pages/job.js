import { ask } from "/assets/lib/api.js";
import { budgetForm } from "/assets/lib/budgetForm.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { count, duration, hasEnded, money, plural, secondsBetween, sentence, toneOf, when } from "/assets/lib/format.js";
import { badge, bar, figure, showTrouble } from "/assets/lib/parts.js";
import { spent, timeOf } from "/assets/research/history.js";
import { jobActions, jobName, rubricName } from "/assets/research/jobActions.js";
import { resultTable } from "/assets/research/results.js";
import { tallyOfTiers } from "/assets/research/tiers.js";

const id = location.pathname.split("/").pop();
const now = () => live.now();
const status = badge();
const total = bar("Whole research", { tall: true });
const figures = Object.fromEntries(["Companies", "Completed", "Failed", "Spent", "Searches", "Tokens", "Time"].map((name) => [name, figure(place("figures"), name)]));
const table = resultTable(id, now);
let actions = null;
let told = "";
let live = null;

place("status").append(status.node);
place("total").append(total.node);
place("budget").addEventListener("toggle", async () => {
  if (!place("budget").open) return;
  const body = place("budget").querySelector("div");
  try {
    body.replaceChildren(budgetForm(id, "This research", "Companies that stopped at the limit go on with Retry when it is raised.", await ask(`/v1/budgets/${id}`), now));
  } catch (problem) {
    body.replaceChildren(element("p", { class: "field-problem" }, problem.words ?? problem.message));
  }
});

/** The buttons need the job's name, so they come with its first answer. */
function prepareActions(job) {
  actions = jobActions(job, now);
  place("actions").append(element("a", { class: "button small", href: `/v1/research/${id}/results.csv`, download: "" }, "Save as CSV"), actions.node);
}

function showJob(job) {
  if (!actions) prepareActions(job);
  const { counts = {}, cost = {} } = job;
  setText(place("title"), jobName(job));
  setText(place("about"), [`Scored by ${rubricName(job.rubric)}`, when(job.created_at), job.submitted_by ? `asked by ${job.submitted_by}` : null].filter(Boolean).join(" · "));
  document.title = `${job.progress} % · ${jobName(job)} · Idp`;
  status.update(job.status);
  total.update(job.progress, toneOf(job.status));
  setText(place("share"), `${job.progress} %`);
  figures.Companies(count(counts.total));
  figures.Completed(count(counts.completed), tallyOfTiers(job.tiers));
  figures.Failed(count(counts.failed), counts.cancelled ? `and ${count(counts.cancelled)} cancelled` : "");
  figures.Spent(money(cost.amount ?? 0), job.budget_usd ? `of at most ${money(job.budget_usd)}` : "no limit");
  figures.Searches(count(cost.search_credits), plural(cost.search_credits ?? 0, "credit").replace(/^[\d,]+ /, ""));
  figures.Tokens(count(cost.tokens));
  figures.Time(hasEnded(job.status) ? duration(secondsBetween(job.created_at, job.ended_at ?? job.created_at)) : duration(job.eta_seconds), hasEnded(job.status) ? "taken" : "left");
  actions.update(job);
  showProblems(job.problems ?? []);
  showReports(job.reports ?? []);
  // Told aloud in quarters, not with every company.
  const aloud = hasEnded(job.status) ? `Research ${sentence(job.status)}. ${timeOf(job)}, ${spent(job)}.` : `${Math.floor(job.progress / 25) * 25} percent done`;
  if (aloud !== told) setText(place("told"), told = aloud);
}

/** What ended the job before its time. */
function showProblems(problems) {
  place("problems").hidden = problems.length === 0;
  keyed(place("problems"), problems, (problem) => problem.code ?? problem.title, () => {
    const title = element("strong");
    const words = element("span");
    return {
      node: element("li", { class: "notice" }, element("div", {}, title, words)),
      update(problem) {
        setText(title, problem.title);
        setText(words, problem.detail);
      },
    };
  });
}

/** Rows of the list that were not taken in. */
function showReports(reports) {
  place("remarks").hidden = reports.length === 0;
  setText(place("remarks-title"), `${plural(reports.length, "row")} of the list not taken in`);
  keyed(place("reports"), reports, (report) => report.row, (report) => ({
    node: element("li", {}, element("span", { class: "report-row" }, `Row ${report.row}`), element("span", {}, report.detail)), update: () => {},
  }));
}

live = follow(`/v1/research/${id}/events`, async () => {
  const job = await ask(`/v1/research/${id}`);
  showJob(job);
  await table.refresh(job);
  return hasEnded(job.status);
}, {
  everyMs: 700,
  onProblem: (problem) => {
    // What does not exist has nothing to show.
    for (const part of ["found", "actions"]) place(part).hidden = problem?.status === 404 && !actions;
    showTrouble(place("trouble"), problem, now);
  },
});
