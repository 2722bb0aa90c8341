import { ask, query } from "/assets/lib/api.js";
import { budgetForm } from "/assets/lib/budgetForm.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { exportLinks } from "/assets/lib/exports.js";
import { duration, hasEnded, money, secondsBetween, sentence, when } from "/assets/lib/format.js";
import { pager } from "/assets/lib/pager.js";
import { badge, bar, emptyState, figure, showTrouble } from "/assets/lib/parts.js";
import { batchActions, restAction } from "/assets/batches/actions.js";
import { documentRow } from "/assets/batches/documentRow.js";
import { spent, timeOf, toneOfBatch } from "/assets/batches/history.js";

const pageSize = 50;
const fewChanges = 5;
const id = location.pathname.split("/").pop();
const now = () => live.now();
const status = badge();
const total = bar("Whole batch", { tall: true });
const figures = Object.fromEntries(["Files", "Completed", "Partial", "Failed", "Cancelled", "Rejected", "Spent", "Time"].map((name) => [name, figure(place("figures"), name)]));
const actions = batchActions({ id }, now);
const rest = restAction(id, now);
const pages = pager(() => { listed = null; now(); }, { newer: "Back", older: "Next" });
let listed = null;
let told = "";
let live = null;

place("status").append(status.node);
place("total").append(total.node);
place("actions").append(exportLinks(`/v1/batches/${id}/result`), actions.node, rest.node);
place("list").append(pages.node);
place("budget").addEventListener("toggle", async () => {
  if (!place("budget").open) return;
  const body = place("budget").querySelector("div");
  try {
    body.replaceChildren(budgetForm(id, "This batch", "Documents that stopped at the limit go on with Retry when it is raised.", await ask(`/v1/budgets/${id}`), now));
  } catch (problem) {
    body.replaceChildren(element("p", { class: "field-problem" }, problem.words ?? problem.message));
  }
});
place("filter").addEventListener("change", () => { pages.reset(); listed = null; now(); });

function showBatch(batch) {
  const { counts = {} } = batch;
  setText(place("title"), `Batch of ${when(batch.created_at)}`);
  document.title = `${batch.progress} % · Batch · Idp`;
  status.update(batch.status);
  total.update(batch.progress, toneOfBatch(batch));
  setText(place("share"), `${batch.progress} %`);
  figures.Files(counts.total ?? 0);
  for (const name of ["Completed", "Partial", "Failed", "Cancelled", "Rejected"]) figures[name](counts[name.toLowerCase()] ?? 0);
  figures.Spent(money(batch.cost?.amount ?? 0), batch.budget_usd ? `of at most ${money(batch.budget_usd)}` : batch.cost?.calls_saved ? `${batch.cost.calls_saved} calls saved` : "no limit");
  figures.Time(hasEnded(batch.status) ? duration(secondsBetween(batch.started_at ?? batch.created_at, batch.ended_at ?? batch.created_at)) : batch.eta_seconds === null || batch.eta_seconds === undefined ? "–" : duration(batch.eta_seconds),
    hasEnded(batch.status) ? "taken" : "left");
  actions.update(batch);
  rest.update(batch);
  // Told aloud in quarters, not with every page.
  const aloud = hasEnded(batch.status) ? `Batch ${sentence(batch.status)}. ${timeOf(batch)}, ${spent(batch)}.` : `${Math.floor(batch.progress / 25) * 25} percent done`;
  if (aloud !== told) setText(place("told"), told = aloud);
  showRemarks((batch.files ?? []).filter((file) => file.status !== "accepted"));
}

function showRemarks(files) {
  place("refused").hidden = files.length === 0;
  keyed(place("refused-files"), files.map((file, index) => ({ ...file, index })), (file) => file.index, (file) => {
    const mark = badge(file.status);
    const twin = file.duplicate_of ?? file.document_id;
    return {
      node: element("li", {}, mark.node, element("span", { class: "name" }, file.file_name), file.status === "duplicate"
        ? element("span", {}, "The same bytes as ", element("a", { href: `/documents/${twin}` }, "an earlier document"), "; nothing is paid twice.")
        : element("span", {}, element("strong", {}, file.problem?.title ?? "Not taken in."), " ", file.problem?.detail ?? "")),
      update: () => {},
    };
  });
}

/** Asks for the whole page of the list, or only for the documents that events named. */
async function refreshDocuments(touched) {
  const changed = listed ? touched.filter((key) => listed.some((item) => item.id === key)) : [];
  const isWhole = !listed || touched.length === 0 || changed.length > fewChanges || place("filter").value || (changed.length < touched.length && listed.length < pageSize);
  if (isWhole) {
    const answer = await ask(`/v1/documents${query({ batch_id: id, status: place("filter").value, cursor: pages.cursor, limit: pageSize })}`);
    listed = answer.items;
    pages.update(answer.next_cursor);
  } else {
    const fresh = await Promise.all(changed.map((key) => ask(`/v1/documents/${key}`)));
    listed = listed.map((item) => fresh.find((candidate) => candidate.id === item.id) ?? item);
  }
  place("loading")?.remove();
  keyed(place("documents"), listed, (item) => item.id, (item) => documentRow(item, now));
  place("no-documents").hidden = listed.length > 0;
  if (listed.length === 0) place("no-documents").replaceChildren(place("filter").value ? emptyState(`No document is like this`, "Choose another status.") : emptyState("No document was taken in", "The remarks above say why."));
}

live = follow(`/v1/batches/${id}/events`, async (touched) => {
  const batch = await ask(`/v1/batches/${id}`);
  showBatch(batch);
  await refreshDocuments(touched);
  return hasEnded(batch.status);
}, {
  everyMs: 700,
  onProblem: (problem) => {
    // What does not exist has nothing to show.
    for (const part of ["found", "actions"]) place(part).hidden = problem?.status === 404 && !listed;
    showTrouble(place("trouble"), problem, now);
  },
});
