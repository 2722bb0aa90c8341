import { element } from "/assets/lib/dom.js";

/**
 * Older and newer pages of a list that the API gives out by cursor.
 * @param onChange Called when another page is wanted; read `cursor` then.
 */
export function pager(onChange, { newer = "Newer", older = "Older" } = {}) {
  const passed = [];
  let cursor = null;
  let nextCursor = null;
  const note = element("span", { class: "hint", "aria-live": "polite" });
  const back = element("button", { type: "button", class: "small", onclick: () => move(passed.pop() ?? null) }, newer);
  const on = element("button", { type: "button", class: "small", onclick: () => { passed.push(cursor); move(nextCursor); } }, older);
  const node = element("nav", { class: "pager", "aria-label": "Pages of the list", hidden: true }, back, note, on);

  function move(to) {
    cursor = to;
    onChange();
  }

  return {
    node,
    get cursor() { return cursor; },
    /** Takes in what the API said about the next page. */
    update(next) {
      nextCursor = next;
      back.disabled = passed.length === 0;
      on.disabled = !next;
      node.hidden = passed.length === 0 && !next;
      note.textContent = `Page ${passed.length + 1}`;
    },
    reset() {
      passed.length = 0;
      cursor = null;
    },
  };
}
