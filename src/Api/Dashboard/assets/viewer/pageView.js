import { ask } from "/assets/lib/api.js";
import { element, place, setText } from "/assets/lib/dom.js";
import { showBoxes } from "/assets/viewer/marks.js";
import { api, view } from "/assets/viewer/state.js";

const zooms = [[100, 130], [150, 180], [200, 220]];
let zoom = 0;
let pick = () => {};

/** Shows a page with its marks; the address remembers which. */
export function showPage(number) {
  const total = view.document?.total_pages ?? 1;
  view.page = Math.min(Math.max(1, number), total);
  history.replaceState(null, "", `?page=${view.page}${location.hash}`);
  setText(place("page-title"), `Page ${view.page} of ${view.document?.total_pages ?? "…"}`);
  place("previous").disabled = view.page <= 1;
  place("next").disabled = view.page >= total;
  const image = place("image");
  const source = `${api}/pages/${view.page}/image?dpi=${zooms[zoom][1]}`;
  if (image.getAttribute("src") !== source) {
    place("boxes").replaceChildren();
    image.src = source;
    image.alt = `Page ${view.page} of ${view.document?.file_name ?? "the document"}`;
    tellAboutPage();
  }
  for (const button of place("strip").querySelectorAll("button")) {
    const isHere = Number(button.dataset.page) === view.page;
    if (isHere && !button.hasAttribute("aria-current")) {
      button.setAttribute("aria-current", "page");
      button.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (!isHere) {
      button.removeAttribute("aria-current");
    }
  }
  showBoxes(pick);
}

async function tellAboutPage() {
  const asked = view.page;
  try {
    const read = await ask(`${api}/pages/${asked}`);
    if (asked !== view.page) return;
    setText(place("page-note"), read.blank ? "blank" : `${read.words.length} words, ${read.source === "ocr" ? "recognised" : "from the text layer"}${read.rotation ? `, turned by ${read.rotation}°` : ""}`);
  } catch (problem) {
    if (asked === view.page) setText(place("page-note"), problem.message);
  }
}

/** Makes the buttons around the page work. @param onPick Called with the id of a mark that was clicked. */
export function preparePage(onPick) {
  pick = onPick;
  place("previous").addEventListener("click", () => view.goTo(view.page - 1));
  place("next").addEventListener("click", () => view.goTo(view.page + 1));
  place("zoom").addEventListener("click", () => {
    zoom = (zoom + 1) % zooms.length;
    place("page").dataset.zoom = zooms[zoom][0];
    place("zoom").replaceChildren(`${zooms[zoom][0]} %`);
    place("zoom").setAttribute("aria-label", `Zoom, now ${zooms[zoom][0]} %`);
    showPage(view.page);
  });
  place("image").addEventListener("error", () => setText(place("page-note"), "The picture of this page is not to be had."));
  place("image").addEventListener("load", () => place("page").classList.add("loaded"));
}

/** A link to a page within a sentence. */
export const pageLink = (number) => element("button", { type: "button", class: "link", onclick: () => view.goTo(number) }, `page ${number}`);
