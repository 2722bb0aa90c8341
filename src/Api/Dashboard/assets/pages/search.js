import { ask, query, send } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { pagesOf, percent, plural, when } from "/assets/lib/format.js";
import { badge, emptyState, showTrouble, skeleton } from "/assets/lib/parts.js";
import { passage, quoted, viewerAt } from "/assets/search/passage.js";

const mostPassages = 20;
const passagesOfAnswer = 8;
const tallPassage = 220;
const form = place("question");
const names = ["q", "kind", "batch_id", "from", "to"];
const given = new URLSearchParams(location.search);
let only = given.get("document_id") ?? "";
let asked = 0;

const wanted = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));

/** The moment a day of the reader's own calendar begins, or one that is so many days later. */
function startOf(day, later = 0) {
  const moment = new Date(`${day}T00:00`);
  moment.setDate(moment.getDate() + later);
  return moment.toISOString();
}

/** The filters as the API takes them; the last day counts whole. */
function filters({ kind, batch_id, from, to }) {
  const filled = Object.entries({
    document_id: only, kind, batch_id,
    from: from && startOf(from),
    to: to && startOf(to, 1),
  }).filter(([, value]) => value);
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

function hitRow(hit) {
  const boxes = hit.highlights.flatMap((highlight) => highlight.boxes);
  const text = element("div", { class: "passage" }, passage(hit.text, hit.highlights));
  const more = element("button", { type: "button", class: "small", "aria-expanded": "false", hidden: true, onclick: () => {
    const isOpen = text.classList.toggle("open");
    more.setAttribute("aria-expanded", isOpen);
    setText(more, isOpen ? "Show less" : "Show all of it");
  } }, "Show all of it");
  const node = element("li", { class: "hit" },
    element("div", { class: "hit-head" },
      element("a", { class: "name", href: viewerAt(hit.document_id, hit.pages, boxes.length > 0 ? boxes : hit.boxes) }, hit.file_name),
      element("span", { class: "hint" }, pagesOf(hit.pages))),
    hit.headings.length > 0 ? element("p", { class: "hint" }, hit.headings.join(" › ")) : null,
    text, more);
  return { node, settle: () => { more.hidden = text.scrollHeight <= tallPassage; } };
}

function showHits({ hits, mode }) {
  const rows = hits.map(hitRow);
  place("hits").replaceChildren(...rows.map((row) => row.node));
  for (const row of rows) row.settle();
  place("nothing").replaceChildren(hits.length > 0 ? "" : emptyState("Nothing found", "Try other words, fewer of them, or no filters. Documents can be searched some seconds after they are completed."));
  setText(place("found-note"), hits.length > 0 ? `${plural(hits.length, "passage")}, best first${mode === "lexical" ? "" : mode === "vector" ? ", by meaning" : ", by words and meaning"}` : "");
}

function citation(cited) {
  return element("li", {},
    element("blockquote", {}, quoted(cited.quote)),
    element("a", { href: viewerAt(cited.document_id, cited.pages, cited.boxes) }, `${cited.file_name}, ${pagesOf(cited.pages)}`),
    cited.supported ? null : badge("partial").node);
}

function showAnswer({ answer, found, sentences, citations }) {
  const doubtful = sentences.filter((sentence) => !sentence.supported).length;
  place("answer-body").replaceChildren(...(found
    ? [
      element("p", { class: "answer-text" }, sentences.length > 0
        ? sentences.flatMap((sentence) => [sentence.supported ? element("span", {}, quoted(sentence.text)) : element("mark", { class: "unsupported", title: "No cited passage says so." }, quoted(sentence.text)), " "])
        : answer),
      doubtful > 0 ? element("p", { class: "notice" }, `${plural(doubtful, "sentence")} of ${sentences.length} (${percent(doubtful / sentences.length)}) ${doubtful === 1 ? "is" : "are"} held by no cited passage, and marked.`) : "",
      citations.length > 0 ? element("ol", { class: "citations", "aria-label": "Where it stands" }, citations.map(citation)) : "",
    ]
    : [element("p", {}, "The documents do not hold the answer, or not in these words.")]));
}

async function run(act) {
  const values = wanted();
  history.replaceState(null, "", location.pathname + query({ ...values, document_id: only, act: values.q && act === "ask" ? act : "" }));
  showTrouble(place("trouble"), null);
  const turn = ++asked;
  if (!values.q) {
    invite();
    return;
  }
  place("answer").hidden = act !== "ask";
  place("nothing").replaceChildren();
  place("hits").replaceChildren(skeleton());
  if (act === "ask") place("answer-body").replaceChildren(skeleton());
  setText(place("told"), "Looking…");
  try {
    const scope = filters(values);
    const [found, answer] = await Promise.all([
      send("POST", "/v1/search", { query: values.q, top_k: mostPassages, filters: scope }),
      act === "ask" ? send("POST", "/v1/ask", { question: values.q, top_k: passagesOfAnswer, filters: scope }) : null,
    ]);
    if (turn !== asked) return;
    showHits(found);
    if (answer) showAnswer(answer);
    setText(place("told"), `${found.hits.length === 0 ? "Nothing found" : `${plural(found.hits.length, "passage")} found`}${answer ? answer.found ? `. ${answer.answer}` : ". The documents do not hold the answer." : ""}`);
  } catch (problem) {
    if (turn !== asked) return;
    place("hits").replaceChildren();
    place("answer").hidden = true;
    setText(place("told"), "");
    showTrouble(place("trouble"), problem, () => run(act));
  }
}

/** What the page shows before anything is asked. */
function invite() {
  place("answer").hidden = true;
  place("hits").replaceChildren();
  setText(place("found-note"), "");
  place("nothing").replaceChildren(emptyState("What are you looking for?", "A name, a number, an amount, a phrase, or a whole question. Figures and codes are found as they are printed."));
}

/** The filters that the address gives, and the batches that can be chosen. */
async function offer() {
  const { items } = await ask("/v1/batches?limit=50").catch(() => ({ items: [] }));
  const select = form.elements.batch_id;
  select.append(...items.map((batch) => element("option", { value: batch.id }, `${when(batch.created_at)}, ${plural(batch.counts.total, "file")}`)));
  const batch = given.get("batch_id");
  if (batch && !items.some((item) => item.id === batch)) select.append(element("option", { value: batch }, "this batch"));
  for (const name of names) form.elements[name].value = given.get(name) ?? "";
  if (!only) return;
  const one = await ask(`/v1/documents/${encodeURIComponent(only)}`).catch(() => null);
  place("only").hidden = false;
  setText(place("only-name"), `Only in ${one?.file_name ?? "one document"}`);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(event.submitter?.value ?? "search");
});
place("everywhere").addEventListener("click", () => {
  only = "";
  place("only").hidden = true;
  form.elements.q.focus();
  run("search");
});
await offer();
if (given.get("q")) await run(given.get("act") ?? "search");
else invite();
