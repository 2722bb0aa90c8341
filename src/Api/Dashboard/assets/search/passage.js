import { element } from "/assets/lib/dom.js";

/** The address of the viewer at these places of a document. */
export function viewerAt(documentId, pages, boxes) {
  const places = boxes.map((box) => `${box.page}:${[box.x, box.y, box.w, box.h].join(",")}`);
  return `/documents/${documentId}?page=${boxes[0]?.page ?? pages[0] ?? 1}${places.length > 0 ? `#at=${places.join(";")}` : ""}`;
}

/** A part of a text, with what was asked for marked. */
function marked(text, from, to, highlights) {
  const parts = [];
  let at = from;
  for (const { start, length } of highlights) {
    const [begin, end] = [Math.max(start, at), Math.min(start + length, to)];
    if (begin >= end) continue;
    parts.push(text.slice(at, begin), element("mark", {}, text.slice(begin, end)));
    at = end;
  }
  parts.push(text.slice(at, to));
  return parts.filter((part) => part !== "");
}

/** The cells of a row of a Markdown table, each with where it stands in the text. */
function cellsOf(text, from, to) {
  const cells = [];
  let begin = null;
  for (let at = from; at < to; at += 1) {
    if (text[at] !== "|" || text[at - 1] === "\\") continue;
    if (begin !== null) cells.push([begin, at]);
    begin = at + 1;
  }
  return cells;
}

const isRule = (line) => /^\|[\s:|-]+\|\s*$/.test(line) && line.includes("-");

/** A quotation in a line of its own: of a row of a table, its cells. */
export const quoted = (text) => (text.startsWith("|") ? cellsOf(text, 0, text.length).map(([from, to]) => text.slice(from, to).trim()).filter(Boolean).join(" · ") : text);

/** A passage as it was written: tables as tables, the rest as text; what was asked for is marked. */
export function passage(text, highlights) {
  const sorted = [...highlights].sort((one, other) => one.start - other.start);
  const parts = [];
  let prose = null;
  let table = null;
  let at = 0;
  for (const line of text.split("\n")) {
    const [from, to] = [at, at + line.length];
    at = to + 1;
    if (line.trimStart().startsWith("|")) {
      prose = null;
      if (!table) parts.push(table = element("table", {}, element("tbody")));
      if (!isRule(line)) table.tBodies[0].append(element("tr", {}, cellsOf(text, from, to).map(([begin, end]) => element("td", {}, marked(text, begin, end, sorted)))));
    } else {
      table = null;
      if (!prose) parts.push(prose = element("p"));
      else prose.append("\n");
      prose.append(...marked(text, from, to, sorted));
    }
  }
  return parts;
}
