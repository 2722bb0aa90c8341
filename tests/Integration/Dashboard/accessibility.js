// Our own run over a page, in the manner of axe: answers one sentence for every fault.
() => {
  const faults = [];
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const nameOf = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ""}${node.className && typeof node.className === "string" ? `.${node.className.trim().replaceAll(/\s+/g, ".")}` : ""} "${(node.textContent ?? "").trim().slice(0, 30)}"`;
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(isShown);
  const isHidden = (node) => node.closest("[aria-hidden='true']") !== null;

  // Structure
  if (document.querySelectorAll("h1").length !== 1 || !document.querySelector("h1").textContent.trim()) faults.push("There is not exactly one h1 with words.");
  if (!document.documentElement.lang) faults.push("The page has no language.");
  if (!document.title.trim()) faults.push("The page has no title.");
  if (document.querySelectorAll("main").length !== 1) faults.push("There is not exactly one main.");
  for (const landmark of ["header", "nav"]) if (!document.querySelector(landmark)) faults.push(`There is no ${landmark}.`);
  for (const nav of all("nav")) if (!nav.ariaLabel && !nav.getAttribute("aria-labelledby")) faults.push(`${nameOf(nav)} has no name.`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4")) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) faults.push(`${nameOf(heading)} skips a level.`);
    level = now;
  }
  const ids = Array.from(document.querySelectorAll("[id]"), (node) => node.id);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) faults.push(`The id ${id} stands twice.`);
  for (const node of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
    for (const id of `${node.getAttribute("aria-labelledby") ?? ""} ${node.getAttribute("aria-describedby") ?? ""}`.split(" ").filter(Boolean)) {
      if (!document.getElementById(id)) faults.push(`${nameOf(node)} refers to ${id}, which is not there.`);
    }
  }
  for (const item of document.querySelectorAll("li")) if (!["UL", "OL"].includes(item.parentElement.tagName)) faults.push(`${nameOf(item)} stands in no list.`);

  // Names
  const spoken = (node) => Array.from(node.childNodes, (child) => (child.nodeType === Node.TEXT_NODE ? child.textContent
    : child.nodeType !== Node.ELEMENT_NODE || child.getAttribute("aria-hidden") === "true" ? "" : child.tagName === "IMG" ? child.alt : child.ariaLabel ?? spoken(child))).join(" ").trim();
  const accessibleName = (node) => node.ariaLabel?.trim()
    || (node.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || Array.from(node.labels ?? [], (label) => spoken(label)).join(" ").trim()
    || (["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName) ? "" : spoken(node))
    || node.title?.trim() || "";
  for (const control of all("a[href], button, input, select, textarea, summary, [role='button'], [role='progressbar'], [role='img'], [role='group'], dialog")) {
    if (!isHidden(control) && !accessibleName(control)) faults.push(`${nameOf(control)} has no accessible name.`);
  }
  for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) faults.push(`${nameOf(image)} has no alt.`);
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) faults.push(`${nameOf(node)} jumps the queue of the tab key.`);
  for (const node of all("[aria-hidden='true'] a[href], [aria-hidden='true'] button, [aria-hidden='true'] input, [aria-hidden='true'] select")) faults.push(`${nameOf(node)} is hidden from screen readers and takes the focus.`);
  for (const progress of document.querySelectorAll("[role='progressbar']")) {
    const value = Number(progress.getAttribute("aria-valuenow"));
    if (!(value >= 0 && value <= 100)) faults.push(`${nameOf(progress)} has the value ${value}.`);
  }

  // Contrast
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(color, [r, g, b, a / 255]);
    }
    return known.get(color);
  };
  const over = (top, below) => top.slice(0, 3).map((value, index) => value * top[3] + below[index] * (1 - top[3]));
  const groundOf = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (color) => color.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const holder = text.parentElement;
    if (!text.textContent.trim() || judged.has(holder) || !isShown(holder) || holder.closest("script, noscript, .visually-hidden, .skip, option, :disabled")) continue;
    judged.add(holder);
    const style = getComputedStyle(holder);
    const ground = groundOf(holder);
    const ink = over(rgba(holder instanceof SVGElement ? style.fill : style.color), ground);
    const [bright, dark] = [light(ink), light(ground)].sort((a, b) => b - a);
    const ratio = (bright + 0.05) / (dark + 0.05);
    if (ratio < 4.5) faults.push(`${nameOf(holder)} has a contrast of ${ratio.toFixed(2)}.`);
  }

  // Width
  const excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (excess > 0) faults.push(`The page is ${excess} pixels wider than the window.`);
  return faults;
}
