// The pages show what the API says; events only tell when to ask again. So a lost event costs a moment, never a wrong picture.

const names = ["snapshot", "document_queued", "document_stage_update", "document_completed", "document_partial", "document_failed", "document_cancelled",
  "document_deleted", "page_completed", "field_reviewed", "batch_update", "batch_completed", "cost_update", "provider_throttled", "company_completed", "job_completed"];
const retryMs = 3000;

/**
 * Keeps a page up to date: asks once, then after each event of the stream, at most once in `everyMs`. Where there is no stream, it asks from time to time.
 * While the page is out of sight it holds no connection.
 * @param stream The address of the events.
 * @param refresh Asks and shows, with the ids of the documents that events named; answers true when nothing more is to come. What it throws goes to `onProblem`.
 * @param onProblem Called with a problem, or with null when all is well again.
 */
export function follow(stream, refresh, { onProblem = () => {}, everyMs = 500, restMs = 8000 } = {}) {
  let source = null;
  let timer = null;
  let dueAt = Infinity;
  let running = false;
  let again = false;
  let lastId = null;
  let last = 0;
  const touched = new Set();

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(lastId === null ? stream : `${stream}${stream.includes("?") ? "&" : "?"}after=${encodeURIComponent(lastId)}`);
    source.addEventListener("open", () => plan(0));
    for (const name of names) source.addEventListener(name, (event) => heard(event));
    source.addEventListener("done", () => { close(); plan(0); });
    source.addEventListener("error", () => {
      // The browser comes back by itself after a lost connection, not after an answer that is no stream.
      if (source?.readyState === EventSource.CLOSED) close();
      plan(retryMs);
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  function heard(event) {
    if (event.lastEventId) lastId = event.lastEventId;
    try {
      const id = JSON.parse(event.data).document_id;
      if (id) touched.add(id);
    } catch {
      // An event without readable data still says that something changed.
    }
    plan(everyMs - (Date.now() - last));
  }

  function plan(delayMs) {
    const at = Date.now() + Math.max(0, delayMs);
    if (at >= dueAt) return;
    dueAt = at;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, delayMs));
  }

  async function run() {
    dueAt = Infinity;
    if (running) {
      again = true;
      return;
    }
    running = true;
    last = Date.now();
    const ids = [...touched];
    touched.clear();
    let next = source?.readyState === EventSource.OPEN ? restMs : 1500;
    try {
      const over = await refresh(ids);
      onProblem(null);
      if (over) {
        close();
        next = restMs;
      } else {
        open();
      }
    } catch (problem) {
      ids.forEach((id) => touched.add(id));
      onProblem(problem);
      next = retryMs;
    }
    running = false;
    if (!document.hidden) plan(again ? everyMs : next);
    again = false;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : plan(0)));
  run();
  return { now: () => plan(0), close };
}
