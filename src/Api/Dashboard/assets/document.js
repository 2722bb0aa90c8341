import { ask, element, hasEnded, percent, tell, words } from "/assets/dom.js";
import { fieldList, tableView } from "/assets/fields.js";

const id = location.pathname.split("/").pop();
const place = (name) => document.getElementById(name);
const lowConfidence = 0.7;
let page = Number(new URLSearchParams(location.search).get("page")) || 1;
let known = { document: null, result: null };
let shown = "";
let marks = [];
let highlighted = null;

/** Marks belong to what was read: the id names a field or a row, and where it stands. */
function marksOf(result) {
  return result.accounts.flatMap((account) => [
    ...account.fields.flatMap((field) => field.evidence.map((evidence) => ({
      id: field.id, page: evidence.page, boxes: evidence.boxes, label: `${words(field.value?.key ?? field.name)}: ${field.value?.value ?? field.value}` }))),
    ...account.tables.flatMap((table) => table.rows.map((row, index) => ({
      id: `${account.index}/${table.name}/${index}`, page: row.page, boxes: row.boxes, label: `${words(table.name)}, row ${index + 1}` }))),
  ]);
}

function highlight(markId, on) {
  highlighted = on ? markId : highlighted === markId ? null : highlighted;
  for (const marked of document.querySelectorAll(`[data-mark="${CSS.escape(markId)}"]`)) marked.classList.toggle("on", on);
}

/** What hovering or focusing one side does to the other. */
const listeners = (markId) => ({
  onmouseenter: () => highlight(markId, true), onmouseleave: () => highlight(markId, false),
  onfocus: () => highlight(markId, true), onblur: () => highlight(markId, false),
});

function showBoxes() {
  place("boxes").replaceChildren(...marks.filter((mark) => mark.page === page).flatMap((mark) => mark.boxes.map((box) => {
    const made = element("button", {
      type: "button", tabindex: -1, "aria-label": mark.label, title: mark.label, data: { mark: mark.id }, ...listeners(mark.id),
      onclick: () => place("accounts").querySelector(`[data-mark="${CSS.escape(mark.id)}"]`)?.scrollIntoView({ block: "nearest" }),
    });
    Object.assign(made.style, { left: `${box.x * 100}%`, top: `${box.y * 100}%`, width: `${box.w * 100}%`, height: `${box.h * 100}%` });
    return made;
  })));
  // Turning to the page that proves a field leaves the pointer on the field.
  if (highlighted) highlight(highlighted, true);
}

function showPage(number) {
  const total = known.document?.total_pages ?? 1;
  page = Math.min(Math.max(1, number), total);
  history.replaceState(null, "", `?page=${page}`);
  place("page-title").textContent = `Page ${page} of ${known.document?.total_pages ?? "…"}`;
  place("previous").disabled = page <= 1;
  place("next").disabled = page >= total;
  const image = place("image");
  const source = `/v1/documents/${id}/pages/${page}/image?dpi=130`;
  if (image.getAttribute("src") !== source) {
    place("boxes").replaceChildren();
    image.src = source;
    image.alt = `Page ${page} of ${known.document?.file_name ?? "the document"}`;
    tellAboutPage();
  }
  for (const button of place("strip").querySelectorAll("button")) {
    if (Number(button.dataset.page) === page) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  showBoxes();
}

/** Turns to a page because a person asked, and brings the fields of its account into view. */
function goTo(number) {
  showPage(number);
  const owner = known.result?.accounts.findIndex((account) => account.pages.includes(page)) ?? -1;
  if (owner >= 0) place("accounts").children[owner]?.scrollIntoView({ block: "start" });
}

async function tellAboutPage() {
  const asked = page;
  const note = place("page-note");
  try {
    const read = await ask(`/v1/documents/${id}/pages/${asked}`);
    if (asked !== page) return;
    note.textContent = read.blank ? "blank" : `${read.words.length} words from ${read.source === "ocr" ? "recognition" : "the text layer"}${read.rotation ? `, turned by ${read.rotation}°` : ""}`;
  } catch (error) {
    if (asked === page) note.textContent = error.message;
  }
}

function showStrip() {
  const owners = new Map();
  for (const account of known.document.accounts) for (const number of account.pages) owners.set(number, [...(owners.get(number) ?? []), account]);
  place("strip").replaceChildren(...Array.from({ length: known.document.total_pages ?? 0 }, (_, index) => {
    const number = index + 1;
    const accounts = (owners.get(number) ?? []).filter((account) => account.account_number);
    const label = accounts.length === 0 ? "no account" : accounts.map((account) => `account ${account.account_number}`).join(" and ");
    return element("li", {}, element("button", {
      type: "button", title: label, "aria-label": `Page ${number}, ${label}`, data: { page: number, ...(accounts.length > 0 ? { account: accounts[0].index % 6 } : {}) },
      onclick: () => goTo(number),
    }, number, element("small", { "aria-hidden": "true" }, accounts.length > 1 ? "shared" : accounts[0] ? `…${accounts[0].account_number.slice(-4)}` : "–")));
  }));
}

function showFields() {
  const tools = { listeners, goTo: showPage, lowConfidence };
  place("accounts").replaceChildren(...known.result.accounts.map((account) => element("section", { class: "account", data: { account: account.index % 6 } },
    element("h3", {}, account.account_number ? `Account ${account.account_number} ` : "Whole document ", element("small", {}, boundary(account))),
    account.fields.length > 0 ? fieldList(account, tools) : element("p", { class: "hint" }, hasEnded(known.document.status) ? "Nothing was found." : "Not read yet."),
    ...account.tables.filter((table) => table.rows.length + table.unexplained.length > 0).map((table) => tableView(account, table, tools)))));
  place("problems").replaceChildren(...known.document.problems.map((problem) => element("p", { class: "problem" },
    problem.page ? `Page ${problem.page}: ` : "", problem.detail, " ", element("code", {}, problem.code))));
}

function boundary(account) {
  const found = known.document.accounts.find((candidate) => candidate.index === account.index);
  const pages = `pages ${account.pages.join(", ")}`;
  return found && account.account_number ? `${pages} · ${percent(found.confidence)} sure` : pages;
}

async function refresh() {
  try {
    const [document_, result] = await Promise.all([ask(`/v1/documents/${id}`), ask(`/v1/documents/${id}/result`)]);
    const now = JSON.stringify([document_, result]);
    if (now !== shown) {
      shown = now;
      known = { document: document_, result };
      marks = marksOf(result);
      show();
    }
    tell(place("trouble"));
    return hasEnded(document_.status) ? 10000 : 700;
  } catch (error) {
    tell(place("trouble"), error.message);
    return 5000;
  }
}

function show() {
  const { document: current } = known;
  document.title = `${current.file_name} · Idp`;
  place("title").textContent = current.file_name;
  place("status").textContent = current.status;
  place("status").dataset.status = current.status;
  place("stage").textContent = hasEnded(current.status) ? words(current.kind) : `${words(current.stage)}, ${current.progress} %, ${current.pages_processed} of ${current.total_pages ?? "?"} pages`;
  const focused = document.activeElement?.dataset ?? {};
  showStrip();
  showFields();
  showPage(page);
  const again = focused.mark ? `#accounts [data-mark="${CSS.escape(focused.mark)}"]` : focused.page ? `#strip [data-page="${CSS.escape(focused.page)}"]` : null;
  if (again) document.querySelector(again)?.focus();
}

place("image").addEventListener("error", () => { place("page-note").textContent = "The picture of this page is not to be had."; });
place("previous").addEventListener("click", () => goTo(page - 1));
place("next").addEventListener("click", () => goTo(page + 1));
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "PageDown") goTo(page + 1);
  else if (event.key === "PageUp") goTo(page - 1);
  else return;
  event.preventDefault();
});

for (;;) {
  const wait = await refresh();
  await new Promise((done) => setTimeout(done, wait));
}
