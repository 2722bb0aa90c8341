import { element, setText } from "/assets/lib/dom.js";
import { percent, sentence, when, words } from "/assets/lib/format.js";
import { lightListeners } from "/assets/viewer/marks.js";
import { pageLink } from "/assets/viewer/pageView.js";
import { isDoubtful, textOf, view } from "/assets/viewer/state.js";

const reviewWords = { approved: "approved", corrected: "corrected", added: "added" };

/** The short note at the end of a row: how sure, or who said so. */
function noteOf(field) {
  if (field.reviewed) return reviewWords[field.review?.action] ?? "reviewed";
  const status = field.status === "supported" ? "" : ` ${field.status}`;
  return `${percent(field.confidence)}${status}`;
}

/**
 * One field: its value, and when it is the selected one also its proof, its other readings and what can be done.
 * @param review What a person can do: `select`, `save`, `use`, `approve`, `withdraw`.
 */
export function fieldRow(first, review) {
  let field = first;
  const name = element("span", { class: "name" });
  const value = element("span", { class: "value" });
  const note = element("span", { class: "note" });
  const main = element("button", { type: "button", class: "field-main", data: { mark: field.id }, onclick: () => review.select(field.id, { turn: true }) }, name, value, note);
  const more = element("div", { class: "field-more" });
  const node = element("li", { class: "field-row", data: { field: field.id }, ...lightListeners(field.id) }, main, more);

  function update(now) {
    field = now;
    const page = field.evidence[0]?.page;
    setText(name, sentence(field.value?.key ?? field.name));
    setText(value, textOf(field.value) || "(empty)");
    setText(note, `${noteOf(field)}${page ? ` · p. ${page}` : ""}`);
    node.dataset.state = field.reviewed ? "reviewed" : isDoubtful(field) ? "doubtful" : "sure";
    showMore();
  }

  /** Opens or closes the row, as it is the selected one or not. */
  function showMore() {
    const isSelected = view.selected === field.id;
    node.classList.toggle("selected", isSelected);
    if (isSelected) main.setAttribute("aria-current", "true");
    else main.removeAttribute("aria-current");
    if (node.querySelector("form")) {
      if (isSelected) return;
      stopEditing();
    }
    more.replaceChildren(...(isSelected ? details() : []));
  }

  function details() {
    const evidence = field.evidence[0];
    return [
      evidence ? element("p", { class: "hint" }, "“", evidence.quote, "” on ", pageLink(evidence.page)) : element("p", { class: "hint" }, "Nothing on the pages proves this value."),
      textOf(field.value) !== field.printed && field.printed ? element("p", { class: "hint" }, "Printed as ", element("code", {}, field.printed)) : null,
      reviewNote(),
      field.alternatives.length > 0 ? element("ul", { class: "alternatives", "aria-label": `Other readings of ${words(field.name)}` }, field.alternatives.map(alternative)) : null,
      element("div", { class: "actions" },
        field.reviewed ? null : element("button", { type: "button", class: "small primary", "aria-keyshortcuts": "a", onclick: () => review.approve(field) }, "Approve"),
        element("button", { type: "button", class: "small", "aria-keyshortcuts": "Enter", onclick: edit }, field.reviewed ? "Change" : "Correct"),
        field.reviewed ? element("button", { type: "button", class: "small", "aria-keyshortcuts": "u", onclick: () => review.withdraw(field) }, "Take the review back") : null),
    ].filter(Boolean);
  }

  function reviewNote() {
    if (!field.review) return null;
    const { action, original_value: original, actor, at, note: said } = field.review;
    const was = action === "corrected" && original !== null ? `; read as “${textOf(original)}”` : "";
    return element("p", { class: "hint" }, `${sentence(reviewWords[action] ?? action)} by ${actor}, ${when(at)}${was}${said ? `. ${said}` : ""}`);
  }

  const alternative = (other) => element("li", {}, element("span", {}, element("strong", {}, textOf(other.value)), " ",
    element("span", { class: "hint" }, percent(other.confidence), other.page ? [", ", pageLink(other.page)] : "")),
  element("button", { type: "button", class: "small", "aria-label": `Use ${textOf(other.value)}`, onclick: () => review.use(field, field.value?.key !== undefined && typeof other.value === "string" ? { key: field.value.key, value: other.value } : other.value) }, "Use this"));

  /** Puts an input in place of the details; Enter saves, Escape leaves everything as it was. */
  function edit() {
    if (node.querySelector("form")) return;
    const isPair = field.value?.key !== undefined;
    const key = isPair ? element("input", { value: field.value.key, autocomplete: "off" }) : null;
    const input = element("input", { value: textOf(field.value), autocomplete: "off", spellcheck: "false" });
    const problem = element("p", { class: "field-problem", role: "alert" });
    const form = element("form", { class: "edit" }, key ? element("label", { class: "field" }, element("span", {}, "Label"), key) : null,
      element("label", { class: "field" }, element("span", {}, isPair ? "Value" : sentence(field.name)), input),
      element("div", { class: "actions" }, element("button", { class: "small primary" }, "Save"), element("button", { type: "button", class: "small", onclick: () => stopEditing(true) }, "Leave")), problem);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.textContent = "";
      try {
        await review.save(field, isPair ? { key: key.value.trim(), value: input.value.trim() } : input.value.trim());
        stopEditing();
      } catch (fault) {
        problem.textContent = fault.words ?? fault.message;
        input.setAttribute("aria-invalid", "true");
        input.focus();
      }
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        stopEditing(true);
      }
    });
    more.replaceChildren(form);
    input.focus();
    input.select();
  }

  function stopEditing(focus = false) {
    more.replaceChildren();
    if (view.selected === field.id) more.replaceChildren(...details());
    if (focus) main.focus({ preventScroll: true });
  }

  update(first);
  return { node, update, showMore, edit, main, get field() { return field; } };
}
