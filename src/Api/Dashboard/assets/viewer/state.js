/** What the viewer shows; its parts read it, and `pages/document.js` writes it. */
export const id = location.pathname.split("/").pop();
export const api = `/v1/documents/${id}`;
const lowConfidence = 0.7;

export const view = {
  document: null,
  result: null,
  page: Number(new URLSearchParams(location.search).get("page")) || 1,
  selected: null,
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
