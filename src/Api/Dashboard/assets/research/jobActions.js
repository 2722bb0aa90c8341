import { send } from "/assets/lib/api.js";
import { element } from "/assets/lib/dom.js";
import { hasEnded } from "/assets/lib/format.js";
import { act, confirmed, toast } from "/assets/lib/parts.js";

/** What a job is called, for people. */
export const jobName = (job) => job.file_name || `Research no. ${job.number}`;

/** A rubric's name as words: `gpu-demand` is "GPU demand". */
export const rubricName = (name) => String(name ?? "").replaceAll("-", " ").replace(/\bgpu\b/g, "GPU").replace(/^./, (first) => first.toUpperCase());

/** Cancel and retry for one job: `{ node, update(job) }`. @param after Called when something was done. */
export function jobActions(job, after) {
  const stop = element("button", { type: "button", class: "small", "aria-label": `Cancel ${jobName(job)}`, onclick: () => act(stop, cancel) }, "Cancel");
  const again = element("button", { type: "button", class: "small", "aria-label": `Retry failed companies of ${jobName(job)}`, onclick: () => act(again, retry) }, "Retry failed");

  async function cancel() {
    if (!await confirmed("Cancel this research?", "Companies that are not done stop now; what is known of the others is kept, and the rest can be retried later.", "Cancel the research")) return;
    await send("POST", `/v1/research/${job.id}/cancel`);
    after();
  }

  async function retry() {
    await send("POST", `/v1/research/${job.id}/retry-failed`);
    toast("The failed companies are tried again.");
    after();
  }

  return {
    node: element("div", { class: "actions" }, stop, again),
    update(now) {
      const held = document.activeElement;
      const { failed = 0, cancelled = 0 } = now.counts ?? {};
      stop.hidden = hasEnded(now.status);
      again.hidden = !hasEnded(now.status) || failed + cancelled === 0;
      // The focus is not lost with the button that had it.
      if (held === stop && stop.hidden && !again.hidden) again.focus();
      if (held === again && again.hidden && !stop.hidden) stop.focus();
    },
  };
}
