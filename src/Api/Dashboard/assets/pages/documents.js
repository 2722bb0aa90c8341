import { ask, query } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { hasEnded, kindName, money, plural, stageName, when } from "/assets/lib/format.js";
import { pager } from "/assets/lib/pager.js";
import { documentActions } from "/assets/batches/actions.js";
import { badge, bar, emptyState, showTrouble } from "/assets/lib/parts.js";

const pageSize = 50;
const filters = place("filters");
const names = ["q", "status", "kind", "batch_id"];
const pages = pager(() => live.now());
let live = null;

function row(item) {
  const mark = badge();
  const line = bar(`Progress of ${item.file_name}`);
  const note = element("div", { class: "hint" });
  const cells = { kind: element("td", { class: "wide" }), pages: element("td", { class: "wide number" }), accounts: element("td", { class: "wide accounts" }), cost: element("td", { class: "wide number" }) };
  const actions = documentActions(item, () => live.now());
  const node = element("tr", {},
    element("td", {}, element("a", { class: "name", href: `/documents/${item.id}` }, item.file_name)),
    element("td", { class: "state" }, mark.node, line.node, note),
    cells.kind, cells.pages, cells.accounts, cells.cost,
    element("td", { class: "wide number" }, element("time", { datetime: item.created_at, title: new Date(item.created_at).toLocaleString() }, when(item.created_at))), element("td", { class: "wide" }, actions.node));
  return {
    node,
    update(now) {
      const isUnderWay = !hasEnded(now.status);
      mark.update(now.status);
      line.node.hidden = !isUnderWay;
      line.update(now.progress, "live", `${stageName(now.stage)}, ${now.progress} %`);
      setText(note, isUnderWay ? `${stageName(now.stage)}, ${now.progress} %` : now.problems.length > 0 ? plural(now.problems.length, "problem") : "");
      const accounts = now.accounts.filter((account) => account.account_number).map((account) => account.account_number);
      setText(cells.kind, now.kind === "auto" ? "–" : kindName(now.kind));
      setText(cells.pages, now.total_pages ?? "–");
      setText(cells.accounts, accounts.length > 3 ? `${accounts.slice(0, 2).join(", ")} and ${accounts.length - 2} more` : accounts.join(", ") || "–");
      setText(cells.cost, money(now.cost?.amount ?? 0));
      actions.update(now);
    },
  };
}

const wanted = () => Object.fromEntries(names.map((name) => [name, filters.elements[name].value.trim()]));

async function refresh() {
  const [list, processor] = await Promise.all([ask(`/v1/documents${query({ ...wanted(), cursor: pages.cursor, limit: pageSize })}`), ask("/v1/processor")]);
  place("loading")?.remove();
  keyed(place("rows"), list.items, (item) => item.id, row);
  place("documents").hidden = list.items.length === 0;
  place("empty").hidden = list.items.length > 0;
  const isFiltered = Object.values(wanted()).some(Boolean);
  if (list.items.length === 0) {
    place("empty").replaceChildren(isFiltered ? emptyState("Nothing matches", "Change or clear the filters.") : emptyState("No documents yet", "Upload one above, drop several on the ", element("a", { href: "/" }, "batches page"), ", or run ", element("code", {}, "./idp process FILE"), "."));
  }
  pages.update(list.next_cursor);
  const waiting = processor.queue.reduce((sum, depth) => sum + depth.waiting, 0);
  setText(place("processor"), processor.running ? `${processor.running_documents.length} at work, ${waiting} waiting` : "This node takes no work.");
  return false;
}

/** The batches that can be chosen; without any, the filter has only its first entry. */
async function offerBatches() {
  const given = new URLSearchParams(location.search);
  const select = filters.elements.batch_id;
  const { items } = await ask("/v1/batches?limit=50").catch(() => ({ items: [] }));
  select.append(...items.map((batch) => element("option", { value: batch.id }, `${when(batch.created_at)}, ${plural(batch.counts.total, "file")}`)));
  const chosen = given.get("batch_id");
  if (chosen && !items.some((batch) => batch.id === chosen)) select.append(element("option", { value: chosen }, "this batch"));
  for (const name of names) filters.elements[name].value = given.get(name) ?? "";
}

function changed() {
  pages.reset();
  history.replaceState(null, "", location.pathname + query(wanted()));
  live.now();
}

async function upload(event) {
  event.preventDefault();
  const files = [...place("files").files];
  const kind = place("kind").value;
  place("files").value = "";
  place("verdicts").replaceChildren();
  for (const file of files) {
    const verdict = element("li", {}, `${file.name}: uploading…`);
    place("verdicts").append(verdict);
    const form = new FormData();
    form.append("kind", kind);
    form.append("file", file);
    try {
      const accepted = await ask("/v1/documents", { method: "POST", body: form });
      verdict.replaceChildren(badge("accepted").node, " ", element("a", { href: `/documents/${accepted.id}` }, file.name), accepted.duplicate_of ? " A document of the same bytes is here already." : "");
    } catch (problem) {
      verdict.replaceChildren(badge("rejected").node, ` ${file.name}: ${problem.words ?? problem.message}`);
    }
  }
  live.now();
}

place("list").append(pages.node);
place("upload").addEventListener("submit", upload);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("input", changed);
filters.addEventListener("reset", () => setTimeout(changed));
await offerBatches();
live = follow("/v1/events", refresh, { everyMs: 800, onProblem: (problem) => showTrouble(place("trouble"), problem, () => live.now()) });
