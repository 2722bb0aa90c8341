import { ask, element, hasEnded, tell, words } from "/assets/dom.js";

const pageSize = 50;
const rows = document.getElementById("rows");
const trouble = document.getElementById("trouble");
const more = document.getElementById("more");
let limit = pageSize;
let shown = "";

async function refresh() {
  try {
    const list = await ask(`/v1/documents?limit=${Math.min(limit, 200)}`);
    // Rows are made anew only when something changed, so that the focus stays where it is.
    const now = JSON.stringify(list);
    if (now !== shown) {
      shown = now;
      const focused = document.activeElement?.closest("a")?.getAttribute("href");
      rows.replaceChildren(...list.items.map(row));
      if (focused?.startsWith("/documents/")) rows.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    }
    document.getElementById("empty").hidden = list.items.length > 0;
    document.getElementById("documents").hidden = list.items.length === 0;
    more.hidden = !list.next_cursor || limit >= 200;
    const processor = await ask("/v1/processor");
    const waiting = processor.queue.reduce((sum, depth) => sum + depth.waiting, 0);
    document.getElementById("processor").textContent =
      processor.running ? `${processor.running_documents.length} at work, ${waiting} waiting` : "this node takes no work";
    tell(trouble);
    return list.items.every((item) => hasEnded(item.status)) ? 5000 : 1000;
  } catch (error) {
    tell(trouble, error.message);
    return 5000;
  }
}

function row(item) {
  const accounts = item.accounts.filter((account) => account.account_number).map((account) => account.account_number);
  return element("tr", {},
    element("td", {}, element("a", { href: `/documents/${item.id}` }, item.file_name)),
    element("td", {}, words(item.kind)),
    element("td", {}, status(item)),
    element("td", { class: "number" }, item.total_pages ?? "–"),
    element("td", {}, accounts.length > 0 ? accounts.join(", ") : "–"),
    element("td", { class: "number" }, new Date(item.created_at).toLocaleString()));
}

function status(item) {
  const badge = element("span", { class: "badge", data: { status: item.status } }, item.status);
  if (item.problems.length > 0) badge.title = item.problems.map((problem) => problem.detail).join("\n");
  if (hasEnded(item.status)) return badge;
  const stage = `${words(item.stage)}, ${item.progress} %`;
  return element("div", {}, badge, " ", element("progress", { max: 100, value: item.progress, "aria-label": stage }), element("div", { class: "hint" }, stage));
}

async function upload(files) {
  const verdicts = document.getElementById("verdicts");
  verdicts.replaceChildren();
  for (const file of files) {
    const verdict = element("li", {}, `${file.name}: uploading…`);
    verdicts.append(verdict);
    const form = new FormData();
    form.append("kind", document.getElementById("kind").value);
    form.append("file", file);
    try {
      const accepted = await ask("/v1/documents", { method: "POST", body: form });
      verdict.replaceChildren(element("a", { href: `/documents/${accepted.id}` }, file.name), ": accepted", accepted.duplicate_of ? " (a document of the same bytes is here already)" : "");
    } catch (error) {
      verdict.textContent = `${file.name}: ${error.message}`;
    }
  }
  await refresh();
}

const form = document.getElementById("upload");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...document.getElementById("files").files];
  form.reset();
  await upload(files);
});
form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", async (event) => {
  event.preventDefault();
  form.classList.remove("over");
  await upload([...event.dataTransfer.files]);
});
more.addEventListener("click", async () => { limit += pageSize; await refresh(); });

for (;;) {
  const wait = await refresh();
  await new Promise((done) => setTimeout(done, wait));
}
