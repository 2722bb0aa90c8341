import { element } from "/assets/lib/dom.js";

const formats = [["csv", "CSV"], ["xlsx", "Excel"], ["md", "Markdown"], ["json", "JSON"]];

/** Links that save a result in each of the formats. @param base The address without its ending. */
export const exportLinks = (base) => element("span", { class: "exports" }, element("span", { class: "hint" }, "Save as"),
  formats.map(([ending, word]) => element("a", { href: `${base}.${ending}`, download: "" }, word)));
