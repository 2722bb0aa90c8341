/** What the API answers when it cannot do something: the words of its problem, for people. */
export class Problem extends Error {
  constructor(body, status) {
    super(body?.detail ?? body?.title ?? (status ? `The service answered ${status}.` : "The service does not answer. Is it still running?"));
    this.title = body?.title ?? (status ? "That did not work" : "No connection");
    this.code = body?.code ?? null;
    this.status = status ?? 0;
    this.faults = (body?.errors ?? []).map((fault) => `${fault.pointer ?? ""} ${fault.detail ?? ""}`.trim());
  }

  /** Detail and faults in one line. */
  get words() {
    return [this.message, ...this.faults].join(" ");
  }
}

/** Whoever is not signed in, or no longer, is led to the login page, and back here from there. */
function refused(body, status) {
  if (status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  return new Problem(body, status);
}

/** Milliseconds before what the network broke off is asked again: a device that comes or goes breaks off everything at once, and is over at once. */
const AGAIN_AFTER = [300, 1500];

/**
 * Like `fetch`, but asks again when the network broke it off.
 * @param harmless Whether it may arrive twice; questions may.
 */
export async function reach(path, options = {}, harmless = (options.method ?? "GET") === "GET") {
  for (let tries = 0; ; tries++) {
    try {
      return await fetch(path, options);
    } catch (error) {
      if (error.name === "AbortError" || !harmless || tries === AGAIN_AFTER.length) throw error;
      await new Promise((waited) => setTimeout(waited, AGAIN_AFTER[tries]));
    }
  }
}

/** Asks the API for JSON; what is not a success is thrown as a {@link Problem}. */
export async function ask(path, options = {}) {
  return (await askWithTag(path, options)).body;
}

/** The same, with the version (ETag) of what came back. */
export async function askWithTag(path, options = {}) {
  let response;
  try {
    response = await reach(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(null, null);
  }
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw refused(body, response.status);
  return { body, tag: response.headers.get("ETag") };
}

/** Sends JSON. */
export const send = (method, path, body, headers = {}) => ask(path, {
  method, headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
});

/**
 * Uploads a form and tells how far it is.
 * @param onProgress Called with the share sent, 0 to 1.
 * @returns `{ answer, abort }`: a promise of the JSON answer, and how to stop.
 */
export function upload(path, form, onProgress) {
  const request = new XMLHttpRequest();
  const answer = new Promise((resolve, reject) => {
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => (request.status >= 200 && request.status < 300 ? resolve(request.response) : reject(refused(request.response, request.status))));
    request.addEventListener("error", () => reject(new Problem(null, null)));
    request.addEventListener("abort", () => reject(new Problem({ title: "Upload stopped", detail: "Nothing was taken in." }, 0)));
    request.send(form);
  });
  return { answer, abort: () => request.abort() };
}

/** The query part of an address from what is set. */
export function query(values) {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return set.length > 0 ? `?${new URLSearchParams(set)}` : "";
}
