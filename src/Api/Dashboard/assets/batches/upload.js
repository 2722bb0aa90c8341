import { Problem, upload } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { bytes, percent, plural } from "/assets/lib/format.js";
import { badge, bar, showTrouble } from "/assets/lib/parts.js";
import { inspect } from "/assets/batches/inspection.js";
import { thumbnail } from "/assets/batches/preview.js";

const form = place("upload");
const chosen = place("chosen");
const limits = { largestBytes: Number(form.dataset.largestBytes) || null, mostFiles: Number(form.dataset.mostFiles) || null };
const progress = bar("Upload", { tall: true });
let entries = [];
let nextKey = 0;
let sending = null;
let uploaded = () => {};

async function add(files) {
  if (sending || files.length === 0) return;
  if (entries.some((entry) => entry.outcome)) entries = [];
  entries.push(...files.map((file) => ({ key: nextKey++, file })));
  setText(place("selection-note"), `Looking at ${plural(files.length, "file")}…`);
  await inspect(entries, limits);
  show();
}

async function remove(entry) {
  entries = entries.filter((other) => other !== entry);
  await inspect(entries, limits);
  show();
  (chosen.querySelector("button") ?? place("files")).focus();
}

function show() {
  keyed(chosen, entries.map((entry) => ({ key: entry.key, type: entry.type, verdict: entry.verdict, outcome: entry.outcome })), (item) => item.key, makeRow);
  const ready = entries.filter((entry) => entry.verdict.send && !entry.outcome);
  const done = entries.some((entry) => entry.outcome);
  place("selection").hidden = entries.length === 0;
  place("options").hidden = entries.length === 0 || done;
  place("finished").hidden = !done;
  place("send").disabled = ready.length === 0 || sending !== null;
  setText(place("send"), ready.length > 0 ? `Upload ${plural(ready.length, "file")}` : "Nothing to upload");
  const total = ready.reduce((sum, entry) => sum + entry.file.size, 0);
  if (!done) setText(place("selection-note"), `${plural(entries.length, "file")} chosen, ${ready.length} ready, ${bytes(total)} to send`);
}

function makeRow({ key }) {
  const entry = entries.find((candidate) => candidate.key === key);
  const mark = badge();
  const said = element("span", { class: "verdict" });
  const away = element("button", { type: "button", class: "small quiet", "aria-label": `Remove ${entry.file.name}`, onclick: () => remove(entry) }, "Remove");
  const node = element("li", { class: "file" }, thumbnail(entry),
    element("div", {}, element("div", { class: "name" }, entry.file.name), element("div", { class: "hint" }, `${bytes(entry.file.size)} · ${entry.type}`)),
    element("div", { class: "file-verdict" }, mark.node, said), away);
  return {
    node,
    update({ verdict, outcome }) {
      away.hidden = Boolean(outcome) || sending !== null;
      const shown = outcome ?? foreseen(verdict);
      mark.update(shown.status, shown.word);
      said.replaceChildren(shown.link ? element("a", { href: shown.link }, shown.text) : shown.text ?? "");
    },
  };
}

/** What would become of a file, before it is sent. */
function foreseen({ send, tone, text }) {
  if (send) return { status: "accepted", word: "Ready", text };
  return tone === "warn" ? { status: "duplicate", word: "Repeated", text } : { status: "rejected", word: "Not sent", text };
}

/** What became of a file, from the batch's answer. */
function outcomeOf(file) {
  if (file.status === "accepted") return { status: "accepted", word: "Accepted", text: "Open the document", link: `/documents/${file.document_id}` };
  if (file.status === "duplicate") return { status: "duplicate", word: "Duplicate", text: "Open the earlier one", link: `/documents/${file.duplicate_of ?? file.document_id}` };
  return { status: "rejected", word: "Rejected", text: [file.problem?.title, file.problem?.detail].filter(Boolean).join(" ") || "Not taken in." };
}

function settle(batch, sent) {
  const waiting = [...(batch.files ?? [])];
  for (const entry of sent) {
    // The files of an archive come back under names of their own.
    const index = waiting.findIndex((file) => file.file_name === entry.file.name);
    if (index >= 0) entry.outcome = outcomeOf(waiting.splice(index, 1)[0]);
    else entry.outcome = { status: "accepted", word: entry.type === "ZIP" ? "Opened" : "Sent", text: "See the batch", link: `/batches/${batch.id}` };
  }
  for (const entry of entries) entry.outcome ??= foreseen(entry.verdict);
  const rejected = (batch.files ?? []).filter((file) => file.status === "rejected").length;
  const taken = (batch.files ?? []).length - rejected;
  setText(place("selection-note"), `${plural(taken, "file")} taken in${rejected > 0 ? `, ${rejected} rejected` : ""}.`);
  place("open-batch").href = `/batches/${batch.id}`;
}

async function start(event) {
  event.preventDefault();
  const sent = entries.filter((entry) => entry.verdict?.send && !entry.outcome);
  if (sent.length === 0 || sending) return;
  const body = new FormData();
  for (const name of ["kind", "error_strategy", "priority", "budget_usd"]) {
    const value = form.elements[name].value.trim();
    if (value) body.append(name, value);
  }
  for (const { file } of sent) body.append("files", file, file.name);
  showTrouble(place("upload-trouble"), null);
  place("sending").hidden = false;
  progress.update(0);
  sending = upload("/v1/batches", body, (share) => {
    progress.update(share * 100);
    setText(place("sending-note"), share < 1 ? `${percent(share)} sent` : "Sent; the service looks at the files…");
  });
  show();
  try {
    const batch = await sending.answer;
    sending = null;
    settle(batch, sent);
    place("open-batch").focus({ preventScroll: true });
    uploaded(batch);
  } catch (problem) {
    sending = null;
    showTrouble(place("upload-trouble"), problem instanceof Problem ? problem : new Problem(null, null));
  }
  place("sending").hidden = true;
  show();
  if (!place("finished").hidden) place("open-batch").focus({ preventScroll: true });
}

function clear() {
  entries = [];
  form.reset();
  showTrouble(place("upload-trouble"), null);
  show();
  place("files").focus();
}

/** Makes the upload form work. @param onUploaded Called with the new batch. */
export function prepareUpload(onUploaded) {
  uploaded = onUploaded;
  place("sending").prepend(progress.node);
  form.addEventListener("submit", start);
  place("files").addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    await add(files);
  });
  place("clear").addEventListener("click", clear);
  place("more").addEventListener("click", clear);
  place("stop").addEventListener("click", () => sending?.abort());
  // Files may be dropped anywhere on the page.
  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) { depth += 1; form.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (holdsFiles(event) && --depth <= 0) { depth = 0; form.classList.remove("over"); } });
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    form.classList.remove("over");
    await add([...event.dataTransfer.files]);
  });
}
