import { ask, query, send } from "/assets/lib/api.js";
import { element } from "/assets/lib/dom.js";
import { hasEnded, plural } from "/assets/lib/format.js";
import { act, confirmed, toast } from "/assets/lib/parts.js";

const retriesAtOnce = 5;

/** Cancel and retry for one document or batch: `{ node, update(item) }`. @param after Called when something was done. */
function twoButtons(cancelLabel, retryLabel, cancel, retry, after) {
  const stop = element("button", { type: "button", class: "small", onclick: () => act(stop, async () => { if (await cancel()) after(); }) }, "Cancel");
  const again = element("button", { type: "button", class: "small", onclick: () => act(again, async () => { await retry(); after(); }) }, retryLabel.word);
  stop.setAttribute("aria-label", cancelLabel);
  again.setAttribute("aria-label", retryLabel.full);
  return {
    node: element("div", { class: "actions" }, stop, again),
    update(canCancel, canRetry) {
      const held = document.activeElement;
      stop.hidden = !canCancel;
      again.hidden = !canRetry;
      // The focus is not lost with the button that had it.
      if (held === stop && !canCancel && canRetry) again.focus();
      if (held === again && !canRetry && canCancel) stop.focus();
    },
  };
}

/** The buttons of a document's row. */
export function documentActions(item, after) {
  const buttons = twoButtons(`Cancel ${item.file_name}`, { word: "Retry", full: `Retry ${item.file_name}` },
    async () => { await send("POST", `/v1/documents/${item.id}/cancel`); return true; },
    () => send("POST", `/v1/documents/${item.id}/retry`), after);
  return { node: buttons.node, update: (now) => buttons.update(!hasEnded(now.status), hasEnded(now.status) && now.status !== "completed") };
}

/** The buttons of a batch. */
export function batchActions(batch, after) {
  const buttons = twoButtons("Cancel batch", { word: "Retry failed", full: "Retry failed documents" },
    async () => {
      const sure = await confirmed("Cancel this batch?", "Documents that are not done stop now; what was read is kept, and they can be retried later.", "Cancel the batch");
      if (sure) await send("POST", `/v1/batches/${batch.id}/cancel`);
      return sure;
    },
    async () => { await send("POST", `/v1/batches/${batch.id}/retry-failed`); toast("The failed documents run again."); }, after);
  return {
    node: buttons.node,
    update(now) {
      buttons.update(!hasEnded(now.status), (now.counts?.failed ?? 0) > 0 && hasEnded(now.status));
    },
  };
}

/** Every document of a batch that ended like this. */
async function idsOf(batch, status) {
  const ids = [];
  let cursor = null;
  do {
    const page = await ask(`/v1/documents${query({ batch_id: batch, status, cursor, limit: 200 })}`);
    ids.push(...page.items.map((item) => item.id));
    cursor = page.next_cursor;
  } while (cursor);
  return ids;
}

/** What retrying the failed leaves out: the partial, once a limit was raised or a provider is back, and the cancelled. */
export function restAction(batch, after) {
  const button = element("button", {
    type: "button", class: "small", hidden: true, onclick: () => act(button, async () => {
      const ids = [...await idsOf(batch, "partial"), ...await idsOf(batch, "cancelled")];
      for (let from = 0; from < ids.length; from += retriesAtOnce) {
        await Promise.all(ids.slice(from, from + retriesAtOnce).map((id) => send("POST", `/v1/documents/${id}/retry`)));
      }
      toast(`${plural(ids.length, "document")} run again.`);
      after();
    }),
  }, "Retry partial");
  button.setAttribute("aria-label", "Retry partial and cancelled documents");
  return { node: button, update: (now) => { button.hidden = !hasEnded(now.status) || (now.counts?.partial ?? 0) + (now.counts?.cancelled ?? 0) === 0; } };
}
