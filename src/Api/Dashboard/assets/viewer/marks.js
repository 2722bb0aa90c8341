import { element, place } from "/assets/lib/dom.js";
import { sentence } from "/assets/lib/format.js";
import { textOf, view } from "/assets/viewer/state.js";

// A mark is a place on a page and the field, row or line that stands there; both carry its id.
let marks = [];
let highlighted = null;

export const rowMark = (account, table, index) => `${account.index}/${table.name}/${index}`;
export const lineMark = (account, table, index) => `${account.index}/${table.name}/not-read/${index}`;
export const statementLineMark = (statement, index) => `statement/${statement}/${index}`;
export const statementMissingMark = (statement, index) => `statement/${statement}/not-read/${index}`;

export function takeMarks(result) {
  marks = [...result.accounts.flatMap((account) => [
    ...account.fields.flatMap((field) => field.evidence.map((evidence) => ({
      id: field.id, page: evidence.page, boxes: evidence.boxes, label: `${sentence(field.value?.key ?? field.name)}: ${textOf(field.value)}` }))),
    ...account.tables.flatMap((table) => [
      ...table.rows.map((row, index) => ({ id: rowMark(account, table, index), page: row.page, boxes: row.boxes, label: `${sentence(table.name)}, row ${index + 1}`, faint: true })),
      ...table.unexplained.map((line, index) => ({ id: lineMark(account, table, index), page: line.page, boxes: line.boxes, label: `Not read: ${line.text}`, kind: "missing" })),
    ]),
  ]), ...(result.statements ?? []).flatMap((statement, at) => [
    ...statement.lines.map((line, index) => ({ id: statementLineMark(at, index), page: line.page, boxes: line.boxes, label: line.label, faint: true })),
    ...statement.unexplained.map((line, index) => ({ id: statementMissingMark(at, index), page: line.page, boxes: line.boxes, label: `Not read: ${line.text}`, kind: "missing" })),
  ])];
}

/** Lights up, or no longer, everything with this id. */
export function highlight(markId, on) {
  if (on) highlighted = markId;
  else if (highlighted === markId) highlighted = null;
  for (const marked of document.querySelectorAll(`[data-mark="${CSS.escape(markId)}"]`)) marked.classList.toggle("on", on || markId === view.selected);
}

/** What hovering or focusing one side does to the other. */
export const lightListeners = (markId) => ({
  onmouseenter: () => highlight(markId, true), onmouseleave: () => highlight(markId, false),
  onfocusin: () => highlight(markId, true), onfocusout: () => highlight(markId, false),
});

/** Puts an element where a box of the page is. */
function at(made, box) {
  Object.assign(made.style, { left: `${box.x * 100}%`, top: `${box.y * 100}%`, width: `${box.w * 100}%`, height: `${box.h * 100}%` });
  return made;
}

/** Draws the marks of the page that is shown. @param onPick Called with the id of a mark that was clicked. */
export function showBoxes(onPick) {
  const found = view.found.filter((mark) => mark.page === view.page).map(({ box }) => at(element("span", { class: "found", title: "Found by the search" }), box));
  place("boxes").replaceChildren(...found, ...marks.filter((mark) => mark.page === view.page).flatMap((mark) => (mark.boxes ?? []).map((box) => {
    const made = element("button", {
      type: "button", tabindex: -1, "aria-label": mark.label, title: mark.label, data: { mark: mark.id, kind: mark.kind ?? (mark.faint ? "row" : "field") },
      ...lightListeners(mark.id), onclick: () => onPick(mark.id),
    });
    return at(made, box);
  })));
  found[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  // Turning to the page that proves a field leaves the light on.
  for (const lit of [highlighted, view.selected]) if (lit) for (const box of place("boxes").querySelectorAll(`[data-mark="${CSS.escape(lit)}"]`)) box.classList.add("on");
}
