import { send } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { sentence } from "/assets/lib/format.js";
import { toast } from "/assets/lib/parts.js";
import { order, rows, showFields } from "/assets/viewer/fields.js";
import { highlight } from "/assets/viewer/marks.js";
import { api, isDoubtful, textOf, view } from "/assets/viewer/state.js";
import { askWhereTo } from "/assets/viewer/strip.js";

const keys = [["j or ↓", "next field"], ["k or ↑", "previous field"], ["n", "next doubtful field"], ["Enter", "correct the selected field; Enter again saves, Escape leaves"], ["a", "approve it and go on"],
  ["u", "take its review back"], ["l", "low confidence first, or as printed in the schema"], ["Page Up, Page Down", "previous, next page"], ["m", "move the page to another account"], ["?", "this list"]];
const switchName = "idp-single-keys";
const areKeysOn = () => localStorage.getItem(switchName) !== "off";

/** Selects a field: it opens, and the page that proves it is shown. */
function select(id, { turn = true, focus = false } = {}) {
  const row = rows.get(id);
  if (!row) return;
  const before = row.node.getBoundingClientRect().top;
  const last = view.selected;
  view.selected = id;
  if (last && last !== id) {
    rows.get(last)?.showMore();
    highlight(last, false);
  }
  row.showMore();
  highlight(id, true);
  // What closes above must not move the row from under the pointer.
  place("fields").scrollTop += row.node.getBoundingClientRect().top - before;
  const page = row.field.evidence[0]?.page;
  if (turn && page && page !== view.page) view.goTo(page);
  if (focus) {
    row.main.focus({ preventScroll: true });
    row.node.scrollIntoView({ block: "nearest" });
  }
  document.querySelector(`#boxes [data-mark="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function step(by) {
  const ids = order();
  const at = ids.indexOf(view.selected);
  const next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(Math.max(0, at + by), ids.length - 1)];
  if (next) select(next, { focus: true });
}

/** The next doubtful field after the selected one, around the end; null when none is left. */
function nextDoubtful() {
  const ids = order();
  const from = ids.indexOf(view.selected) + 1;
  return [...ids.slice(from), ...ids.slice(0, from)].find((id) => id !== view.selected && isDoubtful(rows.get(id).field)) ?? null;
}

const patch = (field, body) => send("PATCH", `${api}/fields/${field.id}`, body);

/** Saves a correction; a refusal is thrown, for the form to show. */
async function save(field, value) {
  await patch(field, { value });
  setText(place("told"), `${sentence(field.name)} is now ${textOf(value)}`);
  await view.refresh();
  select(field.id, { turn: false, focus: true });
}

async function approve(field) {
  const ids = order();
  const after = ids[ids.indexOf(field.id) + 1] ?? null;
  await patch(field, { approved: true });
  setText(place("told"), `${sentence(field.name)} approved`);
  await view.refresh();
  select(after ?? field.id, { focus: true });
}

async function withdraw(field) {
  await patch(field, { approved: false });
  setText(place("told"), `Review of ${sentence(field.name)} taken back`);
  await view.refresh();
  select(field.id, { turn: false, focus: true });
}

/** Tells in passing what a refusal says that no form is there to show. */
const telling = (action) => async (...given) => {
  try {
    await action(...given);
  } catch (problem) {
    toast(`${problem.title ?? "That did not work"}: ${problem.words ?? problem.message}`, 9);
  }
};

/** What a person can do with a field. */
export const review = { select, save, use: telling(save), approve: telling(approve), withdraw: telling(withdraw) };

function showHelp() {
  const toggle = element("input", { type: "checkbox", checked: areKeysOn(), onchange: () => localStorage.setItem(switchName, toggle.checked ? "on" : "off") });
  const dialog = element("dialog", { "aria-labelledby": "keys-title" }, element("h2", { id: "keys-title" }, "Keys"),
    element("dl", { class: "keys" }, keys.map(([key, meaning]) => element("div", {}, element("dt", {}, key.split(/( or |, )/).map((part) => (part === " or " || part === ", " ? part : element("kbd", {}, part)))), element("dd", {}, meaning)))),
    element("label", { class: "check" }, toggle, "Use keys of one letter on this page"),
    element("form", { method: "dialog", class: "actions" }, element("button", { class: "primary", autofocus: true }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
  const selected = rows.get(view.selected);
  const isOnField = Boolean(event.target.closest(".field-main"));
  const isFree = event.target === document.body || event.target === place("content") || event.target === place("fields") || isOnField;
  const commands = {
    j: () => step(1), k: () => step(-1), n: () => { const id = nextDoubtful(); if (id) select(id, { focus: true }); else toast("No doubtful field is left."); },
    a: () => selected && review.approve(selected.field), u: () => selected?.field.reviewed && review.withdraw(selected.field),
    l: () => place("low-first").click(), m: () => askWhereTo(view.page), "?": showHelp,
  };
  if (event.key === "PageDown") view.goTo(view.page + 1);
  else if (event.key === "PageUp") view.goTo(view.page - 1);
  else if (event.key === "ArrowDown" && isFree) step(1);
  else if (event.key === "ArrowUp" && isFree) step(-1);
  else if (event.key === "Enter" && isFree && (selected || isOnField)) {
    const id = event.target.closest("[data-field]")?.dataset.field ?? view.selected;
    select(id);
    rows.get(id).edit();
  } else if (Object.hasOwn(commands, event.key) && (areKeysOn() || event.key === "?")) commands[event.key]();
  else return;
  event.preventDefault();
}

/** Makes keys and buttons of the review work. */
export function prepareReview() {
  document.addEventListener("keydown", onKey);
  place("help").addEventListener("click", showHelp);
  place("move").addEventListener("click", () => askWhereTo(view.page));
  place("low-first").addEventListener("change", () => view.result && showFields(review));
}
