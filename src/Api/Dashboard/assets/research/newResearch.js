import { ask, Problem, send } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { bytes, plural } from "/assets/lib/format.js";
import { act, showTrouble } from "/assets/lib/parts.js";
import { rubricName } from "/assets/research/jobActions.js";

const form = place("new");
const names = place("names");
const builtIn = "gpu-demand";
let file = null;

/** The names that were typed, without blanks and repetitions. */
const typed = () => [...new Map(names.value.split("\n").map((name) => name.trim()).filter(Boolean).map((name) => [name.toLowerCase(), name])).values()];

function choose(chosen) {
  file = chosen;
  place("chosen").hidden = !file;
  place("chooser").hidden = Boolean(file);
  names.disabled = Boolean(file);
  showTrouble(place("new-trouble"), null);
  if (file) setText(place("chosen-name"), `${file.name}, ${bytes(file.size)}`);
  show();
}

function show() {
  const count = typed().length;
  place("send").disabled = !file && count === 0;
  setText(place("send"), file ? "Research this list" : count > 0 ? `Research ${plural(count, "company", "companies")}` : "Choose a list or type names");
}

/** The options that were set. */
const options = () => Object.entries({
  rubric: form.elements.rubric.value, budget_usd: form.elements.budget_usd.value.trim(), submitted_by: form.elements.submitted_by.value.trim(),
}).filter(([, value]) => value);

function sendList() {
  const body = new FormData();
  for (const [name, value] of options()) body.append(name, value);
  body.append("file", file, file.name);
  return ask("/v1/research", { method: "POST", body });
}

async function start() {
  showTrouble(place("new-trouble"), null);
  try {
    const job = await (file ? sendList() : send("POST", "/v1/research", { companies: typed(), ...Object.fromEntries(options()) }));
    location.assign(`/research/${job.id}`);
  } catch (problem) {
    showTrouble(place("new-trouble"), problem instanceof Problem ? problem : new Problem(null, null));
  }
}

/** The rubrics that companies can be scored by; the built-in one where they cannot be asked for, so that it comes first. */
async function offerRubrics() {
  const { items } = await ask("/v1/rubrics").catch(() => ({ items: [] }));
  const select = form.elements.rubric;
  const others = items.filter((name) => name !== builtIn);
  select.replaceChildren(element("option", { value: "" }, rubricName(builtIn)), ...others.map((name) => element("option", { value: name }, rubricName(name))));
}

/** Makes the form for new research work. */
export function prepareForm() {
  offerRubrics();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(place("send"), start);
  });
  names.addEventListener("input", show);
  place("file").addEventListener("change", (event) => {
    const [chosen] = event.target.files;
    event.target.value = "";
    if (chosen) {
      choose(chosen);
      place("send").focus();
    }
  });
  place("unchoose").addEventListener("click", () => {
    choose(null);
    place("file").focus();
  });
  // A list may be dropped anywhere on the page.
  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => { if (holdsFiles(event)) { depth += 1; form.classList.add("over"); } });
  document.addEventListener("dragleave", (event) => { if (holdsFiles(event) && --depth <= 0) { depth = 0; form.classList.remove("over"); } });
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    form.classList.remove("over");
    choose(event.dataTransfer.files[0]);
  });
  show();
}
