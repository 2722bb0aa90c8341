// Everything that documents say goes into the page as text, never as markup.

/** Makes an element: plain attributes, `on…` listeners, `data` and text or elements as children. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key === "class") made.className = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** Asks the API; a problem becomes an Error with its own words. */
export async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { headers: { Accept: "application/json" }, ...options });
  } catch {
    throw new Error("The service does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    const details = (body?.errors ?? []).map((fault) => `${fault.pointer}: ${fault.detail}`);
    throw new Error([body?.detail ?? `The service answered ${response.status}.`, ...details].join(" "));
  }
  return body;
}

export const hasEnded = (status) => ["completed", "partial", "failed", "cancelled"].includes(status);

export const percent = (share) => `${Math.round(share * 100)} %`;

export const words = (name) => name.replaceAll("_", " ");

/** Shows or clears the one place for trouble. */
export function tell(place, message) {
  place.textContent = message ?? "";
  place.hidden = !message;
}
