import { element } from "/assets/lib/dom.js";

/** The address as one may follow it; null for what leads to no page on the web. */
function webAddress(url) {
  const address = URL.canParse(url) ? new URL(url) : null;
  return address && (address.protocol === "https:" || address.protocol === "http:") ? address : null;
}

/** Where a page stands, for people: its host. */
export const hostOf = (url) => webAddress(url)?.host.replace(/^www\./, "") ?? String(url ?? "");

/** A link to a source that tells it nothing of this page; plain text where the address leads to no page on the web. */
export function sourceLink(url, words) {
  const address = webAddress(url);
  return address
    ? element("a", { href: address.href, target: "_blank", rel: "noreferrer noopener", class: "source-link" }, words || hostOf(url), element("span", { class: "visually-hidden" }, " (opens in a new tab)"))
    : element("span", { class: "source-link" }, words || String(url ?? ""));
}
