import { drawn, element } from "/assets/lib/dom.js";

const height = 240;
const room = { left: 60, right: 8, top: 16, bottom: 32 };
const labelWidth = 68;

/** The next round number above a value, so that the axis has legible steps. */
function roundUp(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/**
 * Columns over a row of names, for values in the order of time. What a person cannot see there stands in the table.
 * @param points `{ name, short, value }`, the oldest first.
 */
export function columnChart(title, points, format) {
  const frame = element("div", { class: "chart-frame" });
  let drawnWidth = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width === drawnWidth || width < room.left + room.right + 1) return;
    drawnWidth = width;
    frame.replaceChildren(columns(title, points, format, width));
  }).observe(frame);
  return frame;
}

function columns(title, points, format, width) {
  const top = roundUp(Math.max(...points.map((point) => point.value)));
  const inner = { width: width - room.left - room.right, height: height - room.top - room.bottom };
  const step = inner.width / points.length;
  const thick = Math.min(48, step * 0.7);
  const every = Math.ceil((points.length * labelWidth) / inner.width);
  const y = (value) => room.top + inner.height * (1 - value / top);
  return drawn("svg", { class: "chart", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title}; the same in the table below` },
    [0, 0.5, 1].map((share) => drawn("g", {},
      drawn("line", { class: "rule", x1: room.left, x2: width - room.right, y1: y(top * share), y2: y(top * share) }),
      drawn("text", { class: "tick", x: room.left - 8, y: y(top * share) + 4, "text-anchor": "end" }, format(top * share)))),
    points.map((point, index) => {
      const middle = room.left + step * (index + 0.5);
      const tall = Math.max(point.value > 0 ? 2 : 0, inner.height * (point.value / top));
      return drawn("g", {},
        drawn("rect", { class: "column", x: middle - thick / 2, y: room.top + inner.height - tall, width: thick, height: tall, rx: 3 }, drawn("title", {}, `${point.name}: ${format(point.value)}`)),
        index % every === 0 ? drawn("text", { class: "tick", x: middle, y: height - 10, "text-anchor": "middle" }, point.short ?? point.name) : null);
    }));
}

/** A table whose last column is drawn as bars too: for values that are compared by name. */
export function barTable(title, heads, rows) {
  const top = Math.max(...rows.map((row) => row.value), 0);
  return element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title }, element("table", { class: "bars" }, element("caption", { class: "visually-hidden" }, title),
    element("thead", {}, element("tr", {}, heads.map((head, index) => element("th", { scope: "col", class: index > 0 ? "number" : null }, head)), element("td", { class: "bar-cell", "aria-hidden": "true" }))),
    element("tbody", {}, rows.map((row) => {
      const fill = element("span");
      fill.style.width = top > 0 ? `${(row.value / top) * 100}%` : "0";
      return element("tr", {}, element("th", { scope: "row" }, row.link ? element("a", { href: row.link }, row.name) : row.name),
        row.cells.map((cell) => element("td", { class: "number" }, cell)), element("td", { class: "bar-cell", "aria-hidden": "true" }, element("span", { class: "track" }, fill)));
    }))));
}
