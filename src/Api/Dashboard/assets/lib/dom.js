// Everything that documents say goes into the page as text, never as markup.

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(made.dataset, value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** Makes an element: plain attributes, `on…` listeners, `data` and text or elements as children. */
export const element = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** The same for drawings. */
export const drawn = (name, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** The element of the page with this id. */
export const place = (id) => document.getElementById(id);

/** Sets text only where it differs, so that screen readers and selections are left in peace. */
export function setText(target, text) {
  const wanted = String(text ?? "");
  if (target.textContent !== wanted) target.textContent = wanted;
}

const rowsOf = new WeakMap();

/**
 * Makes the children of a list match the items: rows are kept, moved and updated, not made anew, so that focus and movement go on.
 * @param make Makes a row: `{ node, update(item) }`.
 */
export function keyed(list, items, keyOf, make) {
  if (!rowsOf.has(list)) rowsOf.set(list, new Map());
  const rows = rowsOf.get(list);
  const held = document.activeElement;
  const wanted = new Set(items.map(keyOf));
  for (const [key, row] of rows) {
    if (!wanted.has(key)) {
      row.node.remove();
      rows.delete(key);
    }
  }
  items.forEach((item, index) => {
    const key = keyOf(item);
    let row = rows.get(key);
    if (!row) {
      row = make(item);
      rows.set(key, row);
    }
    const shown = JSON.stringify(item);
    if (row.shown !== shown) {
      row.shown = shown;
      row.update(item);
    }
    if (list.children[index] !== row.node) list.insertBefore(row.node, list.children[index] ?? null);
  });
  // An element that is moved loses the focus.
  if (held !== document.activeElement && list.contains(held)) held.focus({ preventScroll: true });
}
