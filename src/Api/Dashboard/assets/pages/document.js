import { ask, send } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { exportLinks } from "/assets/lib/exports.js";
import { hasEnded, kindName, money, plural, secondsBetween, duration, sentence } from "/assets/lib/format.js";
import { act, badge, showTrouble, stageBars } from "/assets/lib/parts.js";
import { documentActions } from "/assets/batches/actions.js";
import { showFields, showProblems } from "/assets/viewer/fields.js";
import { takeMarks } from "/assets/viewer/marks.js";
import { preparePage, showPage } from "/assets/viewer/pageView.js";
import { prepareReview, review } from "/assets/viewer/review.js";
import { prepareRuns } from "/assets/viewer/runs.js";
import { api, id, view } from "/assets/viewer/state.js";
import { showStrip } from "/assets/viewer/strip.js";

const status = badge();
const stages = stageBars("this document");
const runAgain = element("button", { type: "button", class: "small", onclick: () => act(runAgain, async () => { await send("POST", `${api}/process`, { force: true }); live.now(); }) }, "Run again");
const reloadDetails = prepareRuns();
let actions = null;
let shown = "";
let live = null;

place("status").append(status.node);
place("stages").append(stages.node);
place("exports").append(exportLinks(`${api}/result`));

function showHead() {
  const current = view.document;
  document.title = `${current.file_name} · Idp`;
  setText(place("title"), current.file_name);
  status.update(current.status, current.waiting_for ? `Waiting for ${current.waiting_for}` : null);
  const isUnderWay = !hasEnded(current.status);
  const read = current.stages?.llm_extraction?.ended_at;
  setText(place("facts"), [
    current.kind === "auto" ? null : kindName(current.kind), plural(current.total_pages ?? 0, "page"),
    `${money(current.cost?.amount ?? 0)}${current.budget_usd ? ` of at most ${money(current.budget_usd)}` : ""}${current.cost?.calls || current.cost?.calls_saved ? `, ${plural(current.cost.calls, "call")}, ${current.cost.calls_saved} saved` : ""}`,
    !isUnderWay && read ? `done in ${duration(secondsBetween(current.created_at, read))}` : null, current.duplicate_of ? "seen before" : null,
  ].filter(Boolean).join(" · "));
  place("stages").hidden = !isUnderWay;
  stages.update(current);
  if (!actions) {
    actions = documentActions(current, () => live.now());
    place("actions").append(current.batch_id ? element("a", { class: "button small", href: `/batches/${current.batch_id}` }, "Batch") : "", element("a", { class: "button small", href: `/search?document_id=${current.id}` }, "Search in it"), actions.node, runAgain);
  }
  actions.update(current);
  runAgain.hidden = isUnderWay || current.status !== "completed";
  if (!shown || JSON.parse(shown)[0].status !== current.status) setText(place("told"), sentence(current.status));
}

async function refresh() {
  const [document_, result] = await Promise.all([ask(api), ask(`${api}/result`)]);
  const now = JSON.stringify([document_, result]);
  if (now !== shown) {
    Object.assign(view, { document: document_, result });
    showHead();
    shown = now;
    place("loading")?.remove();
    takeMarks(result);
    showStrip();
    showProblems();
    showFields(review);
    showPage(view.page);
    reloadDetails();
  }
  return hasEnded(document_.status);
}

/** Turns to a page because a person asked; `withFields` brings the fields of its account into view too. */
view.goTo = (number, withFields = false) => {
  showPage(number);
  if (!withFields) return;
  const owner = view.result?.accounts.findIndex((account) => account.pages.includes(view.page)) ?? -1;
  if (owner >= 0) place("accounts").children[owner]?.scrollIntoView({ block: "start" });
};
view.refresh = async () => {
  await refresh();
  live.now();
};

preparePage((markId) => {
  review.select(markId, { turn: false });
  place("accounts").querySelector(`[data-mark="${CSS.escape(markId)}"]`)?.scrollIntoView({ block: "nearest" });
});
prepareReview();
live = follow(`/v1/documents/${id}/events`, refresh, {
  everyMs: 400,
  onProblem: (problem) => {
    // What does not exist has nothing to show.
    for (const part of ["found", "exports"]) place(part).hidden = problem?.status === 404 && !view.document;
    showTrouble(place("trouble"), problem, () => live.now());
  },
});
