import { ask, send } from "/assets/lib/api.js";
import { element, keyed, place, setText } from "/assets/lib/dom.js";
import { follow } from "/assets/lib/events.js";
import { count, duration, when } from "/assets/lib/format.js";
import { act, badge, bar, emptyState, figure, showTrouble, toast } from "/assets/lib/parts.js";
import { documentRow } from "/assets/batches/documentRow.js";

const priorities = ["High, loan packets", "Normal", "Low, batches"];
const mostShown = 20;
const figures = Object.fromEntries(["Documents at work", "Waiting", "Page readers", "Busy", "Replaced"].map((name) => [name, figure(place("figures"), name)]));
let live = null;

function queueRow({ priority }) {
  const name = priorities[priority] ?? `Priority ${priority}`;
  const level = bar(`${name}: waiting`);
  const waiting = element("td", { class: "number" });
  const running = element("td", { class: "number" });
  return {
    node: element("tr", {}, element("th", { scope: "row" }, `${priority}  ${name}`), waiting, running, element("td", { class: "level-cell", "aria-hidden": "true" }, level.node)),
    update(depth) {
      setText(waiting, count(depth.waiting));
      setText(running, count(depth.running));
      level.update(depth.share);
    },
  };
}

function gateRow(gate) {
  const facts = element("dl", { class: "figures" });
  const told = Object.fromEntries(["At once", "Waiting", "Calls", "Refused (429)", "Timed out", "Latency", "Allowed a minute"].map((name) => [name, figure(facts, name)]));
  const level = bar(`Calls at once, ${gate.model}`);
  const mark = badge();
  return {
    node: element("li", {}, element("div", { class: "gate-head" }, element("h3", {}, gate.model), mark.node, element("span", { class: "hint" }, gate.endpoint)), level.node, facts),
    update(now) {
      const isPaused = now.paused_until && new Date(now.paused_until) > new Date();
      mark.update(isPaused ? "waiting" : now.in_flight > 0 ? "running" : "queued", isPaused ? `Paused until ${when(now.paused_until)}` : now.in_flight > 0 ? "Working" : "At rest");
      level.update((now.in_flight / Math.max(1, now.limit)) * 100, isPaused ? "warn" : "live", `${now.in_flight} of ${now.limit}`);
      told["At once"](now.in_flight, `of ${now.limit}`);
      told.Waiting(count(now.waiting));
      told.Calls(count(now.calls));
      told["Refused (429)"](count(now.rate_limited));
      told["Timed out"](count(now.timed_out));
      told.Latency(now.latency_seconds === null || now.latency_seconds === undefined ? "–" : now.latency_seconds < 10 ? `${now.latency_seconds.toFixed(2)} s` : duration(now.latency_seconds));
      told["Allowed a minute"](now.requests_per_minute ? count(now.requests_per_minute) : "–", now.tokens_per_minute ? `${count(now.tokens_per_minute)} tokens` : "");
    },
  };
}

function show(processor, documents) {
  setText(place("state"), processor.running ? `Takes work, up to ${processor.max_concurrent_documents} documents at once.` : "This node takes no work.");
  figures["Documents at work"](processor.running_documents.length, `of ${processor.max_concurrent_documents}`);
  figures.Waiting(count(processor.queue.reduce((sum, depth) => sum + depth.waiting, 0)));
  figures["Page readers"](processor.workers.alive, `of ${processor.workers.configured}`);
  figures.Busy(processor.workers.busy);
  figures.Replaced(processor.workers.replaced, "after a crash");
  const most = Math.max(1, ...processor.queue.map((depth) => depth.waiting));
  const queue = [0, 1, 2].map((priority) => processor.queue.find((depth) => depth.priority === priority) ?? { priority, waiting: 0, running: 0 });
  keyed(place("queue"), queue.map((depth) => ({ ...depth, share: (depth.waiting / most) * 100 })), (depth) => depth.priority, queueRow);
  keyed(place("running"), documents, (item) => item.id, (item) => documentRow(item, () => live.now()));
  place("idle").hidden = documents.length > 0;
  if (documents.length === 0 && !place("idle").firstChild) place("idle").append(emptyState("Nothing to do", "Documents appear here while they are read."));
  keyed(place("gates"), processor.provider_gates, (gate) => `${gate.endpoint} ${gate.model}`, gateRow);
  place("no-gates").hidden = processor.provider_gates.length > 0;
  if (processor.provider_gates.length === 0 && !place("no-gates").firstChild) place("no-gates").append(emptyState("No paid provider was called", "The built-in reader needs none."));
}

async function refresh() {
  const processor = await ask("/v1/processor");
  const documents = await Promise.all(processor.running_documents.slice(0, mostShown).map((id) => ask(`/v1/documents/${id}`).catch(() => null)));
  show(processor, documents.filter(Boolean));
  return false;
}

place("restart").addEventListener("click", (event) => act(event.currentTarget, async () => {
  await send("POST", "/v1/processor/restart");
  toast("The page readers are being replaced; work in hand is not lost.");
  live.now();
}));
live = follow("/v1/events", refresh, { everyMs: 1000, restMs: 2500, onProblem: (problem) => showTrouble(place("trouble"), problem, () => live.now()) });
