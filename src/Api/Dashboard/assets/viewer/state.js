/** What the viewer shows; its parts read it, and `pages/document.js` writes it. */
export const id = location.pathname.split("/").pop();
export const api = `/v1/documents/${id}`;
const lowConfidence = 0.7;

/** The places that the address asks to be shown, `#at=PAGE:X,Y,W,H;…`, as searching gives them. */
const placesOf = (hash) => (new URLSearchParams(hash.slice(1)).get("at") ?? "").split(";").map((text) => text.split(/[:,]/).map(Number))
  .filter((numbers) => numbers.length === 5 && numbers.every(Number.isFinite)).map(([page, x, y, w, h]) => ({ page, box: { x, y, w, h } }));

export const view = {
  document: null,
  result: null,
  page: Number(new URLSearchParams(location.search).get("page")) || 1,
  selected: null,
  /** What was searched for and found here. */
  found: placesOf(location.hash),
  /** Shows one page. */
  goTo: () => {},
  /** Asks the service anew. */
  refresh: async () => {},
};

/** True where a person should look: not sure, contradicted or without proof, and nobody has looked yet. */
export const isDoubtful = (field) => !field.reviewed && (field.confidence < lowConfidence || field.status === "conflicting" || field.status === "unsupported");

/** The colour of an account, by its place. */
export const tintOf = (account) => (account.account_number ? account.index % 6 : null);

/** A field's value for people. */
export const textOf = (value) => (value && typeof value === "object" ? value.value ?? "" : value ?? "");
